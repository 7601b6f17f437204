package org.coffer.window.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.coffer.console.audit.AuditEntry;
import org.coffer.text.Text;

/** What an act changed, in words: names of fields and their values before and after. */
final class Changes {
    /** Fields whose values are not told as they are written: bytes, and that something secret is another now. */
    private static final String ADDED = "added";

    private static final String PASSPHRASE = "passphrase";

    private final Text text;

    Changes(Text text) {
        this.text = text;
    }

    /**
     * One changed value.
     *
     * @param field what it is
     * @param before as it was; empty if nothing was there
     * @param after as it became; empty if nothing is there any more
     */
    record Change(String field, String before, String after) {}

    /** All changed values of a line of the record, by field. */
    List<Change> of(AuditEntry entry) {
        var names = new TreeSet<>(entry.before().keySet());
        names.addAll(entry.after().keySet());
        List<Change> changes = new ArrayList<>();
        for (String name : names) {
            changes.add(new Change(field(name), value(entry.before(), name), value(entry.after(), name)));
        }
        return changes;
    }

    /** The same in one line, for the table. */
    String line(AuditEntry entry) {
        return of(entry).stream()
                .map(change -> change.before().isEmpty()
                        ? text.get("audit.change.new", "field", change.field(), "after", change.after())
                        : change.after().isEmpty()
                                ? text.get("audit.change.gone", "field", change.field(), "before", change.before())
                                : text.get(
                                        "audit.change.both",
                                        "field",
                                        change.field(),
                                        "before",
                                        change.before(),
                                        "after",
                                        change.after()))
                .collect(Collectors.joining(text.get("audit.change.between")));
    }

    private String field(String name) {
        String key = "audit.field." + name;
        return text.has(key) ? text.get(key) : name;
    }

    private String value(Map<String, Object> values, String name) {
        Object value = values.get(name);
        return switch (value) {
            case null -> "";
            case Number bytes when name.equals(ADDED) -> text.formats().size(bytes.longValue());
            case String changed when name.equals(PASSPHRASE) -> text.get("audit.value.changed");
            default -> value(value);
        };
    }

    private String value(Object value) {
        return switch (value) {
            case Boolean yes -> text.get(yes ? "audit.value.yes" : "audit.value.no");
            case Number number -> text.formats().count(number.longValue());
            case Collection<?> several ->
                text.formats().list(several.stream().map(this::value).toList());
            case Map<?, ?> pairs ->
                text.formats()
                        .list(pairs.entrySet().stream()
                                .map(pair -> pair.getKey() + "=" + pair.getValue())
                                .toList());
            default -> value.toString();
        };
    }
}
