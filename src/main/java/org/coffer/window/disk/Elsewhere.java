package org.coffer.window.disk;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.vault.Vault;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.page.PageTab;

/** What the pages of disk backup lead to, but others hold: backing up, restoring, backups, tasks, news. */
public interface Elsewhere {

    /**
     * Opens the sheet that backs up disks of a vault.
     *
     * @param disks those ticked at first; empty for all that are idle
     */
    void backUp(UUID vault, List<UUID> disks);

    /** Begins to restore a disk from its newest good backup in a vault. */
    void restore(UUID vault, UUID disk);

    /** Opens the sheet that checks the backups of a vault. */
    void verify(Vault vault);

    /** The list of backups: of one vault, or of all. */
    PageTab backups(Optional<UUID> vault);

    /** The list of one vault's tasks. */
    PageTab tasks(UUID vault);

    /** Tells what was done, bottom right, perhaps with an act such as <em>Undo</em>. */
    void tell(Sentence news, Optional<Act> act);
}
