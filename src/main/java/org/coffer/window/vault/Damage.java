package org.coffer.window.vault;

import java.util.List;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Soundness;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;

/**
 * What a vault's page says of damage: how much is hit and how much is sound, which backups, and what can be done.
 *
 * @param headline the numbers
 * @param names the newest of those that are hit
 * @param remedy what can be done
 * @param newest those that are named
 * @param healable whether a copy in another vault can heal any of them
 */
record Damage(Sentence headline, Sentence names, Sentence remedy, List<Backup> newest, boolean healable) {

    /** What is known of a vault in which something is damaged. */
    static Damage of(VaultDetails details) {
        Soundness known = details.soundness();
        return new Damage(
                Sentence.of("vault.damage", "vault", details.vault().name(), "n", known.damaged(), "m", known.sound()),
                Sentence.of(
                        "vault.damage.names",
                        "names",
                        known.newest().stream().map(Backup::name).toList(),
                        "n",
                        known.damaged()),
                details.healable() > 0
                        ? Sentence.of("vault.damage.do.heal", "n", details.healable())
                        : Sentence.of(known.sound() > 0 ? "vault.damage.do" : "vault.damage.do.none-sound"),
                known.newest(),
                details.healable() > 0);
    }

    /** All of it for the clipboard, with the cause of each. */
    String text(Kit kit) {
        var words = new StringBuilder(kit.say(headline)).append('\n').append(kit.say(names));
        for (Backup backup : newest) {
            words.append('\n').append(backup.name()).append("  ").append(backup.id());
            backup.problem()
                    .ifPresent(problem -> words.append("  ")
                            .append(kit.text().explain(problem).line()));
        }
        return words.append('\n').append(kit.say(remedy)).append('\n').toString();
    }
}
