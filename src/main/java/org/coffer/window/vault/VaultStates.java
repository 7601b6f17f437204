package org.coffer.window.vault;

import org.coffer.console.vault.Vault;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.State;
import org.coffer.window.kit.Tone;

/** How the states of vaults look everywhere (V9). */
final class VaultStates {
    private VaultStates() {}

    /** The state of a vault, with its cause and the way out as detail. */
    static State of(Vault vault) {
        if (vault.trashedAt().isPresent()) {
            return State.of(Icon.DELETE, Tone.MUTED, "vaults.state.trash");
        }
        State plain = switch (vault.status()) {
            case AVAILABLE -> State.of(Icon.OK, Tone.SUCCESS, "word.vault.status.available");
            case LOCKED -> State.of(Icon.LOCKED, Tone.MUTED, "word.vault.status.locked");
            case DELETING -> State.of(Icon.BUSY, Tone.ACCENT, "word.vault.status.deleting");
            case FROZEN -> State.of(Icon.FROZEN, Tone.ATTENTION, "word.vault.status.frozen");
            case ERROR -> State.of(Icon.ERROR, Tone.DANGER, "word.vault.status.error");
        };
        return new State(
                plain.icon(), plain.tone(), plain.words(), vault.problem().map(Sentence::explaining));
    }
}
