package org.coffer.window.gallery;

import org.coffer.text.Language;
import org.coffer.window.kit.Kit;

/** The gallery's own words, which no bundle of the product holds. */
record Say(Kit kit) {

    /** The words in the kit's language, as data. */
    String of(String english, String chinese) {
        return kit.text().language() == Language.CHINESE ? chinese : english;
    }

    /** The same as a key that is said as it is. */
    String key(String english, String chinese) {
        return "=" + of(english, chinese);
    }
}
