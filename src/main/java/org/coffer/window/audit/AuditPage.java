package org.coffer.window.audit;

import java.time.Clock;
import java.util.Locale;
import javafx.scene.Node;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEntry;
import org.coffer.console.event.Events;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Dialogs;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.shell.Page;

/** The audit record. */
public final class AuditPage implements Page {
    private final AuditModel model;
    private final Dialogs dialogs;

    /** The page over these services. */
    public AuditPage(Audit audit, Events events, Background background, Dialogs dialogs, Clock clock) {
        this.model = new AuditModel(audit, events, background, dialogs, clock);
        this.dialogs = dialogs;
    }

    @Override
    public Node view(Kit kit) {
        return AuditView.of(kit, model, this::open);
    }

    @Override
    public void shown() {
        model.rows().refresh();
    }

    @Override
    public void close() {
        model.close();
    }

    private void open(AuditEntry entry) {
        Sentence title = Sentence.of("word.audit.event."
                + entry.event().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        dialogs.show(new Sheet(title, 640, kit -> new AuditDetailsView(kit, entry)).cancel("kit.close"));
    }
}
