package org.coffer.window.kit;

import java.util.function.Function;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Words for a value; the way back does not exist, because nothing is typed. */
final class Named<T> extends StringConverter<T> {
    private final Function<? super T, String> words;

    Named(Function<? super T, String> words) {
        this.words = words;
    }

    @Override
    public String toString(@Nullable T value) {
        return value == null ? "" : words.apply(value);
    }

    @Override
    public T fromString(String typed) {
        throw new UnsupportedOperationException(typed);
    }
}
