# Finds a JDK 25 or newer. The default `java` may well be older, so every usual place is looked at.

least_jdk=25

# jdk_version HOME: prints the first number of the version of the JDK there, or nothing if there is none.
# Reads the file `release` that every JDK carries, which is a hundred times faster than starting it.
jdk_version() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    while IFS= read -r line; do
        case $line in
            JAVA_VERSION=*)
                version=${line#JAVA_VERSION=}
                version=${version#\"}
                version=${version%%[!0-9]*}
                printf '%s' "$version"
                return 0
                ;;
        esac
    done <"$1/release"
}

# take_jdk HOME: succeeds, and sets jdk, if the JDK there will do.
take_jdk() {
    found=$(jdk_version "$1")
    [ -n "$found" ] && [ "$found" -ge "$least_jdk" ] || return 1
    jdk=$1
}

java_on_path() {
    java=$(command -v java) || return 1
    while [ -L "$java" ]; do
        target=$(readlink "$java")
        case $target in
            /*) java=$target ;;
            *) java=$(dirname "$java")/$target ;;
        esac
    done
    dirname "$(dirname "$java")"
}

search_jdk() {
    [ -z "${JAVA_HOME:-}" ] || ! take_jdk "$JAVA_HOME" || return 0
    home=$(java_on_path) && take_jdk "$home" && return 0
    if [ -n "${COFFER_JDK_DIRS+set}" ]; then
        rest=$COFFER_JDK_DIRS:
        while [ -n "$rest" ]; do
            dir=${rest%%:*}
            rest=${rest#*:}
            [ -n "$dir" ] || continue
            for home in "$dir"/*; do
                ! take_jdk "$home" || return 0
            done
        done
        return 1
    fi
    for home in /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/java/* "$HOME"/.jdks/* \
        "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        ! take_jdk "$home" || return 0
    done
    [ ! -x /usr/libexec/java_home ] || {
        home=$(/usr/libexec/java_home -v "$least_jdk+" 2>/dev/null) && take_jdk "$home" && return 0
    }
    return 1
}

# find_jdk: sets and exports JAVA_HOME, or says what to install.
find_jdk() {
    search_jdk || install_jdk
    JAVA_HOME=$jdk
    export JAVA_HOME
}

install_jdk() {
    . "$launch/packages.sh"
    if may_install && package_exists "openjdk-$least_jdk-jdk"; then
        install_packages "openjdk-$least_jdk-jdk"
        ! search_jdk || return 0
    fi
    case $(uname -s) in
        Darwin) how="brew install --cask temurin@$least_jdk" ;;
        *) how="https://adoptium.net/temurin/releases/?version=$least_jdk" ;;
    esac
    fail "Coffer needs a JDK $least_jdk or newer, and there is none on this computer.
Install Eclipse Temurin $least_jdk: $how
Then start Coffer again; it looks in JAVA_HOME, on the PATH, in /usr/lib/jvm and in SDKMAN's folder." \
        "Coffer 需要 JDK $least_jdk 或更高版本，这台电脑上没有找到。
请安装 Eclipse Temurin $least_jdk：$how
然后重新启动 Coffer。它会在 JAVA_HOME、PATH、/usr/lib/jvm 和 SDKMAN 目录中查找。"
}
