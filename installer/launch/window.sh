# What the window needs: a display, GTK 3, the libraries that draw text, and a font with Chinese in it.

check_window() {
    [ "$(uname -s)" = Linux ] || return 0
    case ${COFFER_JAVA_OPTS:-} in
        *glass.platform=Headless*) ;;
        *) check_display ;;
    esac
    missing=
    for library in libgtk-3.so.0 libpangoft2-1.0.so.0 libfreetype.so.6 libfontconfig.so.1; do
        has_library $library || missing="$missing $library"
    done
    fonts=yes
    has_chinese_font || fonts=
    [ -n "$missing" ] || [ -z "$fonts" ] || return 0
    if may_install; then
        # shellcheck disable=SC2046  # one word, without spaces
        install_packages $(debian_gtk) libpangoft2-1.0-0 libfreetype6 fontconfig fonts-noto-cjk
    elif [ -n "$missing" ]; then
        fail "The window needs libraries that this system lacks:$missing
Debian, Ubuntu: sudo apt-get install libgtk-3-0 libpangoft2-1.0-0 libfreetype6 fontconfig fonts-noto-cjk
Fedora: sudo dnf install gtk3 pango freetype fontconfig google-noto-sans-cjk-fonts
Arch: sudo pacman -S gtk3 pango freetype2 fontconfig noto-fonts-cjk" \
            "窗口所需的系统库不全，缺少：$missing
Debian、Ubuntu：sudo apt-get install libgtk-3-0 libpangoft2-1.0-0 libfreetype6 fontconfig fonts-noto-cjk
Fedora：sudo dnf install gtk3 pango freetype fontconfig google-noto-sans-cjk-fonts
Arch：sudo pacman -S gtk3 pango freetype2 fontconfig noto-fonts-cjk"
    else
        say "No font on this system can draw Chinese. Install fonts-noto-cjk (Fedora: google-noto-sans-cjk-fonts, Arch: noto-fonts-cjk)." \
            "系统中没有中文字体，中文将无法显示。请安装 fonts-noto-cjk（Fedora：google-noto-sans-cjk-fonts，Arch：noto-fonts-cjk）。"
    fi
}

check_display() {
    [ -z "${DISPLAY:-}" ] || return 0
    fail "There is no display here, so the window cannot open.
Everything also works in this terminal: ./coffer --help
To see the whole job done here, in a temporary folder: ./coffer demo" \
        "这里没有图形显示，无法打开窗口。
所有功能也可以在终端中使用：./coffer --help
想看一次完整演示（在临时目录中进行）：./coffer demo"
}
