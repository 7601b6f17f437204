# ./coffer test [--long]: installs what the tests need where that is allowed, runs all of them without a display, and
# fails unless every single one ran and passed. The long form draws every page too, into target/pictures.

run_tests() {
    excluded=long
    pictures=false
    for word in "$@"; do
        case $word in
            --long)
                excluded=
                pictures=true
                ;;
            *) fail "Usage: ./coffer test [--long]" "用法：./coffer test [--long]" ;;
        esac
    done
    began=$(date +%s)
    find_jdk
    . "$launch/packages.sh"
    prepare_tests
    rm -rf "$root/target/surefire-reports"
    (cd "$root" && mvn -B "-Dtests.excluded=$excluded" "-Dpictures=$pictures" verify) </dev/null || {
        say "The build or a test failed; the reports are in target/surefire-reports." \
            "构建或测试失败，报告见 target/surefire-reports。"
        exit 1
    }
    judge_tests "$root/target/surefire-reports" || exit 1
    seconds=$(($(date +%s) - began))
    say "All $total tests ran and passed, none was skipped. It took $seconds s." \
        "全部 $total 个测试均已运行并通过，没有跳过。用时 $seconds 秒。"
}

# The tests use real file systems on loop devices, real clients of network block devices, a real server of object storage,
# the real look of the window, and real Chinese text.
prepare_tests() {
    if ! may_install; then
        for tool in mvn sfdisk sgdisk mkfs.ext4 mkfs.xfs mkfs.vfat mcopy mkfs.ntfs setfattr setfacl setcap mkfs.btrfs mkfs.exfat mount.exfat-fuse cryptsetup \
            qemu-img qemu-system-x86_64 nbdinfo dbus-daemon dbus-send localedef; do
            PATH=$PATH:/usr/sbin:/sbin command -v $tool >/dev/null 2>&1 ||
                say "Tests that need $tool will fail: it is not installed." "缺少 $tool，需要它的测试会失败。"
        done
        /usr/bin/python3 -c 'import swift' >/dev/null 2>&1 ||
            say "Tests that need OpenStack Swift will fail: it is not installed." "缺少 OpenStack Swift，需要它的测试会失败。"
        for tool in ceph ceph-mon ceph-osd monmaptool radosgw radosgw-admin; do
            command -v $tool >/dev/null 2>&1 ||
                say "Tests that need $tool will fail: it is not installed." "缺少 $tool，需要它的测试会失败。"
        done
        return 0
    fi
    wanted=
    for package in maven git xfsprogs e2fsprogs util-linux fdisk gdisk mount fontconfig libfreetype6 libpangoft2-1.0-0 \
        "$(debian_gtk)" fonts-noto-cjk xvfb procps qemu-utils qemu-system-x86 libnbd-bin dosfstools mtools ntfs-3g attr acl \
        libcap2-bin btrfs-progs exfatprogs exfat-fuse cryptsetup-bin lvm2 python3-swift ceph-common ceph-mon ceph-osd radosgw dbus-daemon dbus-bin \
        locales libc-l10n; do
        dpkg -s "$package" >/dev/null 2>&1 || wanted="$wanted $package"
    done
    # shellcheck disable=SC2086  # a list of packages
    [ -z "$wanted" ] || install_packages $wanted
}

# judge_tests DIR: succeeds, and sets total, if Surefire's reports there tell of at least one test and of none that
# failed or was skipped. A test that gives up because a condition is not met is reported as skipped.
judge_tests() {
    total=0
    bad=0
    for report in "$1"/TEST-*.xml; do
        [ -r "$report" ] || continue
        suite=$(sed -n 's/.*\(<testsuite [^>]*>\).*/\1/p;/<testsuite [^>]*>/q' "$report")
        [ -n "$suite" ] || suite=$(tr '\n' ' ' <"$report" | sed 's/.*\(<testsuite [^>]*>\).*/\1/')
        tests=$(attribute tests "$suite")
        missed=$(($(attribute skipped "$suite") + $(attribute failures "$suite") + $(attribute errors "$suite")))
        total=$((total + tests))
        [ "$missed" = 0 ] || {
            bad=$((bad + missed))
            say "Failed or skipped: $(attribute_text name "$suite") ($missed)" \
                "失败或跳过：$(attribute_text name "$suite")（$missed 个）"
        }
    done
    if [ "$bad" != 0 ]; then
        say "$bad of $total tests failed or were skipped." "$total 个测试中有 $bad 个失败或被跳过。"
        return 1
    fi
    if [ "$total" = 0 ]; then
        say "No test was run at all." "没有运行任何测试。"
        return 1
    fi
}

attribute_text() {
    printf '%s' "$2" | sed -n "s/.* $1=\"\([^\"]*\)\".*/\1/p"
}

attribute() {
    number=$(attribute_text "$1" "$2")
    printf '%s' "${number:-0}"
}
