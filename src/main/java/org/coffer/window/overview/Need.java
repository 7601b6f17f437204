package org.coffer.window.overview;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.coffer.console.overview.Attention;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;

/**
 * Something that needs somebody, as the overview shows it.
 *
 * @param icon its mark
 * @param tone how serious it is
 * @param words what it is
 * @param cause why, shown on hover; empty if the words say it all
 * @param act the one act that deals with it
 */
record Need(Icon icon, Tone tone, Sentence words, Optional<Problem> cause, Act act) {
    /** Shows {@code attention} with its act, which goes one of {@code ways}. */
    static Need of(Attention attention, Ways ways) {
        Attention.Kind kind = attention.kind();
        Sentence words = Sentence.of(
                "word.overview.kind." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                "name",
                attention.name(),
                "number",
                attention.number());
        Tone tone = switch (kind) {
            case DISK_UNFINISHED,
                    BACKUP_DAMAGED,
                    BACKUPS_DAMAGED,
                    VAULT_ERROR,
                    VAULT_OVER,
                    CLOCK_JUMPED,
                    BACKUP_FAILED -> Tone.DANGER;
            default -> Tone.ATTENTION;
        };
        return new Need(
                tone == Tone.DANGER ? Icon.ERROR : Icon.WARN, tone, words, attention.problem(), act(attention, ways));
    }

    private static Act act(Attention attention, Ways ways) {
        return switch (attention.kind()) {
            case DISK_UNFINISHED -> Act.of("overview.need.tasks", ways::tasks);
            case BACKUP_DAMAGED -> to("overview.need.backup", attention.backup(), ways::backup);
            case VAULT_OVER, VAULT_FULL -> to("overview.need.expand", attention.vault(), ways::expand);
            case VAULT_ERROR, BACKUPS_DAMAGED -> to("overview.need.vault", attention.vault(), ways::vault);
            case BACKUP_FAILED, DISK_WITHOUT_BACKUP -> to("overview.need.back-up", attention.disk(), ways::backUp);
            case VAULT_FROZEN, LOCATION_NEARLY_FULL -> Act.of("overview.need.locations", ways::locations);
            case RUN_ASKED -> Act.of("overview.need.missed", ways::missed);
            case CLOCK_JUMPED -> Act.of("overview.need.clock", ways::clock);
            case DISK_NOT_MOUNTED -> to("overview.need.mount", attention.disk(), ways::mountAgain);
            case SHEET_MISSING -> to("overview.need.sheet", attention.vault(), ways::recoverySheet);
            case DISK_FAULTY ->
                attention.problem().map(Problem::code).equals(Optional.of("disk.permission"))
                        ? Act.of("overview.need.rights", ways::disks)
                        : Act.of("overview.need.disks", ways::disks);
            case DISK_UNPROTECTED -> to("overview.need.protect", attention.disk(), ways::protect);
        };
    }

    private static Act to(String key, Optional<UUID> object, Consumer<UUID> way) {
        return Act.of(key, () -> object.ifPresent(way));
    }
}
