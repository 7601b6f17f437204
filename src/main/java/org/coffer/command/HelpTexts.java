package org.coffer.command;

import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import org.coffer.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * Gives sentences to picocli, which asks for {@code coffer.vault.create.usage.header} and, if there is none, for
 * {@code usage.header}. The first kind stands in the bundles as {@code command.vault.create.usage.header}, the second,
 * good for every command, below {@code command.help.}.
 */
final class HelpTexts extends ResourceBundle {
    private static final String ALL = "command.help.";
    private static final String ONE = "command.";

    private final Map<String, String> sentences = new HashMap<>();

    HelpTexts(Text text) {
        for (String key : text.keys()) {
            if (key.startsWith(ALL)) {
                sentences.put(key.substring(ALL.length()), escaped(text.get(key)));
            } else if (key.startsWith(ONE)) {
                sentences.put(Cli.NAME + '.' + key.substring(ONE.length()), escaped(text.get(key)));
            }
        }
    }

    /** Picocli formats what it gets. */
    private static String escaped(String sentence) {
        return sentence.replace("%", "%%").replace("\n", "%n");
    }

    @Override
    protected @Nullable Object handleGetObject(String key) {
        return sentences.get(key);
    }

    @Override
    public Enumeration<String> getKeys() {
        return Collections.enumeration(sentences.keySet());
    }

    @Override
    protected Set<String> handleKeySet() {
        return sentences.keySet();
    }
}
