# Builds when the sources are newer than the built program, and starts Java on what was built.
#
# A build is copied to target/app/NUMBER, whose files never change again: a window that is open keeps its program while
# the next start builds a newer one. The number of the current one is in target/app/current, written last. Two starts at
# once build once, because the second waits for the lock and then finds nothing to do.

app=$root/target/app

# is_current: whether something was built and no source has changed since that build began.
is_current() {
    [ -r "$app/current" ] || return 1
    read -r number <"$app/current" || return 1
    [ -r "$app/$number/coffer.jar" ] || return 1
    [ -z "$(find "$root/src/main" "$root/i18n" "$root/assets" "$root/pom.xml" \
        -path "$root/assets/pictures" -prune -o -newer "$app/$number/begun" -print 2>/dev/null | head -n 1)" ]
}

build_if_needed() {
    is_current || build_as_caller || {
        mkdir -p "$app" 2>/dev/null && [ -w "$app" ] ||
            fail "Coffer has to be built, and $root/target cannot be written." \
                "需要构建 Coffer，但无法写入 $root/target。"
        lock_builds
        is_current || build
        unlock_builds
    }
}

# build_as_caller: under sudo, lets the user who called it build, with their Maven and into their folder, so that a later
# start without sudo can build too. Not where they may not write: what is not theirs does not become so.
build_as_caller() {
    [ -n "${SUDO_UID:-}" ] && [ "$SUDO_UID" != 0 ] && [ "$(id -u)" = 0 ] || return 1
    command -v sudo >/dev/null 2>&1 || return 1
    sudo -n -H -u "#$SUDO_UID" -- test -w "$root" || return 1
    need_maven
    # What an earlier start left there as root.
    [ ! -d "$root/target" ] || chown -R "$SUDO_UID:${SUDO_GID:-$SUDO_UID}" "$root/target"
    sudo -n -H -u "#$SUDO_UID" -- env "PATH=$PATH" "LANG=${LANG:-}" "JAVA_HOME=$jdk" \
        "COFFER_TRAINING=${COFFER_TRAINING:-on}" COFFER_BUILD=only /bin/sh "$root/coffer" build </dev/null || exit
    is_current
}

# The kernel's lock goes with the process, however that ends; where there is no flock, a folder holds the builder's number.
lock_builds() {
    if command -v flock >/dev/null 2>&1; then
        exec 9>"$app/lock"
        flock 9
        return
    fi
    until mkdir "$app/building" 2>/dev/null; do
        holder=$(cat "$app/building/pid" 2>/dev/null) || holder=
        if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
            rm -rf "$app/building"
        else
            sleep 1
        fi
    done
    echo $$ >"$app/building/pid"
}

unlock_builds() {
    if command -v flock >/dev/null 2>&1; then
        flock -u 9
        exec 9>&-
    else
        rm -rf "$app/building"
    fi
}

need_maven() {
    command -v mvn >/dev/null 2>&1 && return 0
    . "$launch/packages.sh"
    if may_install && package_exists maven; then
        install_packages maven
        return 0
    fi
    case $(uname -s) in
        Darwin) how="brew install maven" ;;
        *) how="sudo apt-get install maven (Debian, Ubuntu), sudo dnf install maven (Fedora), sudo pacman -S maven (Arch)" ;;
    esac
    fail "Building Coffer needs Apache Maven, and there is none on this computer.
Install it: $how" "构建 Coffer 需要 Apache Maven，这台电脑上没有找到。
请安装：$how"
}

build() {
    need_maven
    say "Building Coffer. This takes a minute, and only after a change." "正在构建 Coffer。需要一分钟左右，只在有改动时进行。"
    last=0
    for dir in "$app"/[0-9]*; do
        [ -d "$dir" ] || continue
        [ "${dir##*/}" -le "$last" ] || last=${dir##*/}
    done
    next=$((last + 1))
    mkdir "$app/$next"
    : >"$app/$next/begun"
    log=$root/target/build.log
    if ! (cd "$root" && mvn -B -Plaunch package) </dev/null >"$log" 2>&1; then
        rm -rf "${app:?}/$next"
        tail -n 40 "$log" >&2
        fail "Coffer could not be built; the whole log is in $log" "Coffer 构建失败，完整日志见 $log"
    fi
    mkdir "$app/$next/lib" "$app/$next/javafx"
    cp "$root/target/launch/coffer.jar" "$app/$next/"
    for jar in "$root"/target/launch/lib/*.jar; do
        case ${jar##*/} in
            # The files without a system in their name are empty.
            javafx-*-linux*.jar | javafx-*-mac*.jar | javafx-*-win*.jar) cp "$jar" "$app/$next/javafx/" ;;
            javafx-*) ;;
            *) cp "$jar" "$app/$next/lib/" ;;
        esac
    done
    unsign "$app/$next" || rm -rf "$app/$next/unpacked"
    unpack_natives "$app/$next" || rm -rf "$app/$next/native"
    renew_classes "$app/$next" || rm -rf "$app/$next/unpacked"
    echo "$next" >"$app/current.new"
    mv "$app/current.new" "$app/current"
    number=$next
    # The one before may still be running.
    for dir in "$app"/[0-9]*; do
        [ ! -d "$dir" ] || [ "${dir##*/}" -ge "$last" ] || rm -rf "$dir"
    done
    [ "${COFFER_TRAINING:-on}" = off ] || train
}

# unsign DIR: takes the signatures off the jars that have one, and out of their manifests what is about single files: Java keeps
# classes of signed jars out of its start-up cache, and at every start reads each manifest as a whole, of which one has 800 kB.
unsign() {
    jar=$JAVA_HOME/bin/jar
    [ -x "$jar" ] || return 1
    for signed in "$1"/lib/*.jar; do
        case $("$jar" tf "$signed") in
            *META-INF/*.SF*) ;;
            *) continue ;;
        esac
        mkdir "$1/unpacked" || return 1
        (
            cd "$1/unpacked" && "$jar" xf "$signed" && rm -f META-INF/*.SF META-INF/*.RSA META-INF/*.DSA META-INF/*.EC &&
                sed '/^[[:space:]]*$/q' META-INF/MANIFEST.MF >../manifest && mv ../manifest META-INF/MANIFEST.MF &&
                "$jar" cfM "$signed.new" . && mv "$signed.new" "$signed"
        ) || return 1
        rm -rf "$1/unpacked"
    done
}

# unpack_natives DIR: lays the native libraries beside the program, which otherwise copies them out of their jars at every
# start.
unpack_natives() {
    jar=$JAVA_HOME/bin/jar
    [ -x "$jar" ] || return 1
    mkdir "$1/native" "$1/unpacked" || return 1
    for packed in "$1"/lib/AmazonCorrettoCryptoProvider-*.jar; do
        (cd "$1/unpacked" && "$jar" xf "$packed") || return 1
        mv "$1"/unpacked/com/amazon/corretto/crypto/provider/libamazonCorrettoCryptoProvider.* "$1/native/" || return 1
        (cd "$1/unpacked" && "$jar" cfM "$packed.new" .) && mv "$packed.new" "$packed" || return 1
    done
    rm -rf "$1/unpacked"
    case $(uname -sm) in
        "Linux x86_64") place=linux/amd64 ;;
        "Linux aarch64") place=linux/aarch64 ;;
        "Darwin x86_64") place=darwin/x86_64 ;;
        "Darwin arm64") place=darwin/aarch64 ;;
        *) return 0 ;;
    esac
    mkdir "$1/unpacked" || return 1
    for packed in "$1"/lib/zstd-jni-*.jar; do
        (cd "$1/unpacked" && "$jar" xf "$packed" "$place") || return 1
        mv "$1/unpacked/$place"/libzstd-jni-* "$1/native/" || return 1
    done
    rm -rf "$1/unpacked"
}

# renew_classes DIR: brings the classes that every command needs into the form that starts quickest, see Renew.java; without
# that they only start slower.
renew_classes() {
    for old in "$1"/lib/picocli-*.jar "$1"/lib/jooq-*.jar "$1"/coffer.jar; do
        [ -r "$old" ] || return 0
        mkdir "$1/unpacked" || return 1
        (cd "$1/unpacked" && "$JAVA_HOME/bin/jar" xf "$old") || return 1
        "$JAVA_HOME/bin/java" "$launch/Renew.java" "$1/unpacked" "$1"/coffer.jar "$1"/lib/*.jar "$1"/javafx/*.jar || return 1
        (cd "$1/unpacked" && "$JAVA_HOME/bin/jar" cfM "$old.new" .) && mv "$old.new" "$old" || return 1
        rm -rf "$1/unpacked"
    done
}

# java_command MODE ARGUMENT…: runs "$runner" with Java and everything it is to be started with. Only the window gets
# JavaFX; a command starts faster without it. The heap is small; what a backup needs outside of it is bounded by the
# engine and grows with the number of cores, so the limit on that is only a guard.
java_command() {
    mode=$1
    shift
    here=$app/$number
    class_path=$here/coffer.jar
    for jar in "$here"/lib/*.jar; do
        class_path=$class_path:$jar
    done
    # shellcheck disable=SC2086  # a list of options
    # What a command computes is computed by native code; a quick compiler for the rest saves it half of its time.
    # Where the native code is missing, Java's own hash needs its full compiler: with the quick one it is many times slower.
    for library in "$here"/native/libamazonCorrettoCryptoProvider.*; do
        [ "$mode" = window ] || [ ! -r "$library" ] ||
            set -- -XX:TieredStopAtLevel=1 "$@"
    done
    # From their own files cryptography and compression are ready at once; from their jars they are copied out at every start.
    [ ! -d "$here/native" ] ||
        set -- "-Djava.library.path=$here/native" -Dcom.amazon.corretto.crypto.provider.useExternalLib=true "$@"
    for library in "$here"/native/libzstd-jni-*; do
        [ ! -r "$library" ] || set -- "-DZstdNativePath=$library" "$@"
    done
    # Java dates a note that it writes by the name of the time zone, whose look-up costs more than the rest of the note.
    set -- -Djava.properties.date=Coffer -Djdk.reflect.useNativeAccessorOnly=true -Xms48m -Xmx224m -XX:MaxDirectMemorySize=1g -XX:+UseSerialGC -XX:-UsePerfData \
        -Xlog:disable -Xlog:all=error:stderr \
        --sun-misc-unsafe-memory-access=allow ${COFFER_JAVA_OPTS:-} -cp "$class_path" "$@"
    if [ "$mode" = window ]; then
        set -- --module-path "$here/javafx" --add-modules javafx.controls \
            --enable-native-access=javafx.graphics,ALL-UNNAMED "$@"
    else
        set -- --enable-native-access=ALL-UNNAMED "$@"
    fi
    $runner "$JAVA_HOME/bin/java" "$@"
}

# run_java MODE ARGUMENT…: becomes Java, with the classes it loaded and linked when it was trained. A cache that does
# not fit (another JDK, another option) is passed over by Java without a word.
run_java() {
    mode=$1
    shift
    cache=$app/$number/$mode.aot
    [ ! -r "$cache" ] || set -- "-XX:AOTCache=$cache" "$@"
    runner=exec
    java_command "$mode" "$@"
}

# train: lets Java note what it loads, so that later starts need not search for it: for commands, a process that owns a
# home and carries out the main job, as it is typed; for the window, the first seconds of one that nobody sees. In the
# background and behind everything else; nobody waits.
train() {
    (
        trap '' HUP INT
        home=$(mktemp -d) || exit 0
        trap 'rm -rf "$home"' EXIT
        train_command
        train_window
    ) </dev/null >"$root/target/training.log" 2>&1 9>&- &
}

train_command() {
    cache=$app/$number/command.aot
    # What makes a home's catalog is needed once in its life, and would be loaded at every start if it were seen here.
    typed vault list
    rm -f "$home/owner/lock"
    # Without what Java would note of how often a method ran: a start reads all of that, a command ends before it pays.
    (
        runner="exec nice -n 19"
        java_command command -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining \
            -XX:AOTMode=record "-XX:AOTConfiguration=$cache.seen" \
            org.coffer.Main --home "$home/owner" daemon
    ) &
    owner=$!
    mkdir "$home/vaults"
    head -c 3000000 /dev/urandom >"$home/disk.img"
    # A first one that finds the home free would have it to itself.
    for moment in 1 2 3 4 5 6 7 8 9 10; do
        [ ! -e "$home/owner/lock" ] || break
        sleep 1
    done
    typed location add shelf --folder "$home/vaults" &&
        typed disk add "$home/disk.img" --name disk &&
        typed vault create shelf --location shelf --capacity 10GB &&
        typed vault bind shelf disk &&
        typed backup run shelf --name first &&
        head -c 70000 /dev/urandom >>"$home/disk.img" &&
        head -c 1500000 /dev/urandom | dd of="$home/disk.img" bs=65536 seek=4 conv=notrunc 2>/dev/null &&
        typed backup run shelf --name second &&
        typed backup delete first --yes &&
        typed vault collect shelf &&
        typed restore disk second --file "$home/restored.img" &&
        typed restore run second --yes &&
        typed vault list && typed backup list && typed task list || :
    kill "$owner" 2>/dev/null || :
    wait "$owner" || :
    make_cache command
}

# typed WORD…: has the owner of the home carry out a command.
typed() {
    runner="nice -n 19"
    java_command command org.coffer.Main --home "$home/owner" "$@"
}

train_window() {
    cache=$app/$number/window.aot
    (
        runner="exec nice -n 19"
        java_command window -XX:AOTMode=record "-XX:AOTConfiguration=$cache.seen" \
            -Dglass.platform=Headless -Dprism.order=sw org.coffer.Main --home "$home/home"
    ) &
    unseen=$!
    sleep 10
    kill "$unseen" 2>/dev/null || :
    wait "$unseen" || :
    make_cache window
}

# make_cache MODE: turns what was seen into the cache; what is half-made never has its name.
make_cache() {
    [ -s "$cache.seen" ] || return 0
    runner="nice -n 19"
    java_command "$1" -XX:AOTMode=create "-XX:AOTConfiguration=$cache.seen" "-XX:AOTCache=$cache.new"
    [ ! -s "$cache.new" ] || mv "$cache.new" "$cache"
    rm -f "$cache.seen"
}
