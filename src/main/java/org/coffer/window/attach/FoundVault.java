package org.coffer.window.attach;

import java.util.List;
import java.util.Optional;
import org.coffer.console.vault.OpenedStranger;
import org.coffer.console.vault.Stranger;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.State;
import org.coffer.window.kit.Tone;

/**
 * A vault on the sheet: found, and perhaps opened or refused.
 *
 * @param stranger what was found
 * @param opened what it says of itself, once it is open
 * @param refused why it cannot be attached
 */
record FoundVault(Stranger stranger, Optional<OpenedStranger> opened, Optional<Problem> refused) {
    static FoundVault of(Stranger stranger) {
        return new FoundVault(stranger, Optional.empty(), stranger.problem());
    }

    FoundVault with(OpenedStranger now) {
        return new FoundVault(stranger, Optional.of(now), Optional.empty());
    }

    FoundVault refused(Problem why) {
        return new FoundVault(stranger, Optional.empty(), Optional.of(why));
    }

    /** Whether a key could open it still. */
    boolean closed() {
        return opened.isEmpty() && stranger.problem().isEmpty();
    }

    String name() {
        return opened.map(OpenedStranger::name).orElse(stranger.folder());
    }

    State state() {
        if (opened.isPresent()) {
            return new State(Icon.OK, Tone.SUCCESS, Sentence.of("attach.state.open"), Optional.empty());
        }
        return closed()
                ? new State(Icon.LOCKED, Tone.MUTED, Sentence.of("attach.state.locked"), Optional.empty())
                : new State(Icon.WARN, Tone.ATTENTION, Sentence.of("attach.state.refused"), Optional.empty());
    }

    /** What is known of it, or what is wrong with it. */
    List<Sentence> lines() {
        if (opened.isPresent()) {
            OpenedStranger known = opened.get();
            Sentence backups = known.newest()
                    .map(at -> Sentence.of("attach.backups", "n", known.backups(), "at", at))
                    .orElse(Sentence.of("attach.backups.none"));
            int disks = known.remembered().disks().size();
            return disks == 0 ? List.of(backups) : List.of(backups, Sentence.of("attach.disks", "n", disks));
        }
        return refused.map(problem -> List.of(Sentence.explaining(problem)))
                .orElse(List.of(Sentence.of("attach.locked")));
    }
}
