package org.coffer.window.kit;

import org.coffer.text.Text;

/** Sentences of one word. */
public final class Words {
    private Words() {}

    /** The word for a value of one of the console's enums, such as <em>Frozen</em>. */
    public static Sentence of(Enum<?> value) {
        return Sentence.of(Text.wordKey(value));
    }
}
