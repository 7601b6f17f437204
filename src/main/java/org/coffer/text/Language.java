package org.coffer.text;

import java.util.Locale;
import java.util.Optional;

/** The languages that Coffer speaks. */
public enum Language {
    /** English. */
    ENGLISH("en", Locale.ENGLISH, "English"),
    /** Simplified Chinese. */
    CHINESE("zh_CN", Locale.SIMPLIFIED_CHINESE, "简体中文");

    private final String bundle;
    private final Locale locale;
    private final String ownName;

    Language(String bundle, Locale locale, String ownName) {
        this.bundle = bundle;
        this.locale = locale;
        this.ownName = ownName;
    }

    /** The suffix of the bundle's file name. */
    String bundle() {
        return bundle;
    }

    /** The locale that formats numbers and dates. */
    public Locale locale() {
        return locale;
    }

    /** What the language calls itself, for the list to choose from. */
    public String ownName() {
        return ownName;
    }

    /** The two letters that the command line and the settings use: {@code en} or {@code zh}. */
    public String tag() {
        return locale.getLanguage();
    }

    /** Reads {@code en}, {@code zh} and longer forms of both ({@code zh-CN}, {@code en_US.UTF-8}); empty for others. */
    public static Optional<Language> parse(String tag) {
        String start = tag.toLowerCase(Locale.ROOT);
        for (Language language : values()) {
            if (start.equals(language.tag())
                    || start.startsWith(language.tag() + "-")
                    || start.startsWith(language.tag() + "_")) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    /** The language of this system: Chinese where the system is Chinese, else English. */
    public static Language ofSystem() {
        return parse(Locale.getDefault(Locale.Category.DISPLAY).toLanguageTag()).orElse(ENGLISH);
    }
}
