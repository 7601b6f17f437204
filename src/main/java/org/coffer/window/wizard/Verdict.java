package org.coffer.window.wizard;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;

/**
 * How an errand ended, in plain words.
 *
 * @param tone good, half good, or bad
 * @param headline the verdict in one sentence
 * @param lines what else there is to say, such as which files are not back
 * @param folder where what came back lies
 * @param undo the restore that can be undone
 * @param retry whether doing it again may help
 * @param instead another errand that may get what is missing, and what its button says
 * @param care what is left to do, only where it applies
 */
record Verdict(
        Tone tone,
        Sentence headline,
        List<Sentence> lines,
        Optional<Path> folder,
        Optional<UUID> undo,
        boolean retry,
        Optional<Instead> instead,
        List<Sentence> care) {

    /** Another errand. */
    record Instead(Sentence title, Errand errand) {}

    /** A verdict with nothing to do. */
    static Verdict of(Tone tone, Sentence headline, Sentence... lines) {
        return new Verdict(
                tone, headline, List.of(lines), Optional.empty(), Optional.empty(), false, Optional.empty(), List.of());
    }

    Verdict folder(Path place) {
        return new Verdict(tone, headline, lines, Optional.of(place), undo, retry, instead, care);
    }

    Verdict undo(Optional<UUID> restore) {
        return new Verdict(tone, headline, lines, folder, restore, retry, instead, care);
    }

    Verdict retriable() {
        return new Verdict(tone, headline, lines, folder, undo, true, instead, care);
    }

    Verdict instead(Optional<Instead> other) {
        return new Verdict(tone, headline, lines, folder, undo, retry, other, care);
    }

    Verdict care(List<Sentence> left) {
        return new Verdict(tone, headline, lines, folder, undo, retry, instead, left);
    }
}
