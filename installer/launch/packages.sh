# What Coffer needs of the system, by the names of Debian, Fedora and Arch; installed where that is allowed.

# may_install: whether packages may be installed without asking: on Debian and its kin, as root.
may_install() {
    command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]
}

refresh_packages() {
    [ -z "${packages_fresh:-}" ] || return 0
    packages_fresh=yes
    apt-get update -qq >"${TMPDIR:-/tmp}/coffer-apt.$$.log" 2>&1 || cat "${TMPDIR:-/tmp}/coffer-apt.$$.log" >&2
    rm -f "${TMPDIR:-/tmp}/coffer-apt.$$.log"
}

# package_exists NAME: whether it can be installed; fetches the lists if it is not known yet.
package_exists() {
    apt-cache show "$1" >/dev/null 2>&1 && return 0
    refresh_packages
    apt-cache show "$1" >/dev/null 2>&1
}

# install_packages NAME…: installs and says so; shows the log and fails if that does not work.
install_packages() {
    say "Installing $*" "正在安装 $*"
    log=$(mktemp)
    for attempt in as-is refreshed; do
        if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" \
            </dev/null >"$log" 2>&1; then
            rm -f "$log"
            return 0
        fi
        [ "$attempt" = refreshed ] || refresh_packages
    done
    cat "$log" >&2
    rm -f "$log"
    fail "These packages could not be installed: $*" "以下软件包安装失败：$*"
}

# debian_gtk: the name of GTK 3, which newer releases spell differently.
debian_gtk() {
    if package_exists libgtk-3-0t64; then
        echo libgtk-3-0t64
    else
        echo libgtk-3-0
    fi
}

# has_library NAME: whether the dynamic linker knows it.
has_library() {
    for ldconfig in ldconfig /sbin/ldconfig /usr/sbin/ldconfig; do
        if command -v "$ldconfig" >/dev/null 2>&1; then
            # The list is read first: a pipe closed early would look like a failure.
            case $("$ldconfig" -p 2>/dev/null) in
                *"$1"*) return 0 ;;
                *) return 1 ;;
            esac
        fi
    done
    for dir in /lib /lib64 /usr/lib /usr/lib64 /usr/lib/*-linux-gnu; do
        [ ! -e "$dir/$1" ] || return 0
    done
    return 1
}

# has_chinese_font: whether some font can draw Chinese.
has_chinese_font() {
    command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh family 2>/dev/null)" ]
}
