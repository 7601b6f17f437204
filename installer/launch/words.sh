# What the launcher says, in the language of the system or of --lang. Everything goes to standard error.

choose_language() {
    words=en
    case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
        zh*) words=zh ;;
    esac
    before=
    for word in "$@"; do
        case $before$word in
            --langzh* | --lang=zh*) words=zh ;;
            --langen* | --lang=en*) words=en ;;
        esac
        before=
        [ "$word" != --lang ] || before=--lang
    done
}

# say ENGLISH CHINESE
say() {
    if [ "$words" = zh ]; then
        printf '%s\n' "$2" >&2
    else
        printf '%s\n' "$1" >&2
    fi
}

# fail ENGLISH CHINESE: says it and gives up.
fail() {
    say "$1" "$2"
    exit 1
}
