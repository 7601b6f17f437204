package org.coffer.window.backup;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.coffer.console.backup.Kind;
import org.coffer.console.backup.Origin;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Words;

/**
 * What <em>Advanced search</em> asks for; all conditions hold together.
 *
 * @param name part of the backup's name
 * @param id part of its ID
 * @param vaultId part of its vault's ID
 * @param diskName part of its disk's name
 * @param diskId part of its disk's ID
 * @param kind what it stored
 * @param origin where it comes from
 * @param from the first day
 * @param until the last day
 */
public record Advanced(
        String name,
        String id,
        String vaultId,
        String diskName,
        String diskId,
        Optional<Kind> kind,
        Optional<Origin> origin,
        Optional<LocalDate> from,
        Optional<LocalDate> until) {
    /** No conditions. */
    public static final Advanced NONE =
            new Advanced("", "", "", "", "", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * One condition.
     *
     * @param words what it says
     * @param without the search without it
     */
    public record Part(Sentence words, UnaryOperator<Advanced> without) {}

    /** The conditions one by one, to be shown and removed. */
    public List<Part> parts() {
        var parts = new ArrayList<Part>();
        text(parts, "name", name, a -> a.with("", a.id, a.vaultId, a.diskName, a.diskId));
        text(parts, "id", id, a -> a.with(a.name, "", a.vaultId, a.diskName, a.diskId));
        text(parts, "vault-id", vaultId, a -> a.with(a.name, a.id, "", a.diskName, a.diskId));
        text(parts, "disk-name", diskName, a -> a.with(a.name, a.id, a.vaultId, "", a.diskId));
        text(parts, "disk-id", diskId, a -> a.with(a.name, a.id, a.vaultId, a.diskName, ""));
        kind.ifPresent(now -> parts.add(new Part(Words.of(now), a -> a.with(Optional.empty(), a.origin))));
        origin.ifPresent(now -> parts.add(new Part(Words.of(now), a -> a.with(a.kind, Optional.empty()))));
        from.ifPresent(day -> parts.add(new Part(
                Sentence.of("backups.advanced.chip.from", "day", day.toString()),
                a -> a.between(Optional.empty(), a.until))));
        until.ifPresent(day -> parts.add(new Part(
                Sentence.of("backups.advanced.chip.until", "day", day.toString()),
                a -> a.between(a.from, Optional.empty()))));
        return parts;
    }

    private static void text(List<Part> parts, String field, String value, UnaryOperator<Advanced> without) {
        if (!value.isBlank()) {
            parts.add(new Part(Sentence.of("backups.advanced.chip." + field, "value", value.strip()), without));
        }
    }

    private Advanced with(String name, String id, String vaultId, String diskName, String diskId) {
        return new Advanced(name, id, vaultId, diskName, diskId, kind, origin, from, until);
    }

    private Advanced with(Optional<Kind> newKind, Optional<Origin> newOrigin) {
        return new Advanced(name, id, vaultId, diskName, diskId, newKind, newOrigin, from, until);
    }

    /** The same conditions for another span of days. */
    Advanced between(Optional<LocalDate> first, Optional<LocalDate> last) {
        return new Advanced(name, id, vaultId, diskName, diskId, kind, origin, first, last);
    }
}
