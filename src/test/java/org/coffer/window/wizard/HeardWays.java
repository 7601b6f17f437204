package org.coffer.window.wizard;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.coffer.console.backup.Backup;

/** Notes where the wizard leads. */
final class HeardWays implements RestoreWizard.Ways {
    final List<String> heard = new ArrayList<>();

    @Override
    public void unlock(UUID vault, Runnable after) {
        heard.add("unlock " + vault);
        after.run();
    }

    @Override
    public void protect() {
        heard.add("protect");
    }

    @Override
    public void openAsDisk(Backup backup) {
        heard.add("open as disk " + backup.name());
    }

    @Override
    public void openFolder(Path folder) {
        heard.add("open folder " + folder);
    }
}
