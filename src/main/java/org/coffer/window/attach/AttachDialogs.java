package org.coffer.window.attach;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import org.coffer.console.attach.Attached;
import org.coffer.console.attach.Attaching;
import org.coffer.console.location.Location;
import org.coffer.problem.Problem;
import org.coffer.text.Text;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Scrolled;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Dialogs;
import org.coffer.window.kit.dialog.Sheet;

/** The sheets by which vaults that lie in a location come back (V17). */
public final class AttachDialogs {
    private static final double FORM = 640;
    /** Above this height what is not as it was scrolls. */
    private static final double HIGHEST = 420;

    private final Attaching attaching;
    private final Background background;
    private final Dialogs dialogs;
    private final Consumer<Sentence> news;

    /**
     * Sheets over {@code dialogs}.
     *
     * @param news tells in passing what came back
     */
    public AttachDialogs(Attaching attaching, Background background, Dialogs dialogs, Consumer<Sentence> news) {
        this.attaching = attaching;
        this.background = background;
        this.dialogs = dialogs;
        this.news = news;
    }

    /** Attaches what lies in a location; says what is not as it was. */
    public void attach(Location location) {
        List<Problem> notes = new ArrayList<>();
        try (var model = new AttachModel(attaching, location, background)) {
            var sheet = new Sheet(
                            Sentence.of("attach.title", "location", location.name()),
                            FORM,
                            kit -> new AttachView(kit, model))
                    .icon(Icon.VAULT);
            sheet.act(model.attach(attached -> {
                attached.stream().map(Attached::notes).forEach(notes::addAll);
                news.accept(told(attached));
                sheet.done();
            }));
            model.look();
            dialogs.show(sheet);
        }
        if (!notes.isEmpty()) {
            dialogs.show(noted(notes));
        }
    }

    /** Offers that if there is anything to attach, as after a location was added. */
    public void offer(Location location) {
        background
                .work(() -> attaching.find(location.id()).stream()
                        .anyMatch(found -> found.known().isEmpty()))
                .then(any -> {
                    if (any) {
                        attach(location);
                    }
                })
                .onError(problem -> {
                    // Nobody asked for it: the page shows how the location is.
                })
                .start();
    }

    private static Sentence told(List<Attached> attached) {
        return attached.size() == 1
                ? Sentence.of(
                        "attach.done.one", "vault", attached.getFirst().vault().name())
                : Sentence.of("attach.done", "n", attached.size());
    }

    /** The sheet that says what is not as it was; of many vaults that is much. */
    static Sheet noted(List<Problem> notes) {
        return new Sheet(Sentence.of("attach.notes"), FORM, kit -> new Scrolled(notes(kit, notes), HIGHEST))
                .cancel("kit.close");
    }

    private static Node notes(Kit kit, List<Problem> notes) {
        var column = kit.column(16);
        for (Problem note : notes) {
            Text.Explanation words = kit.text().explain(note);
            var what = kit.prose(words.what());
            what.getStyleClass().add("strong");
            column.getChildren().add(kit.column(4, what, kit.prose(words.rest())));
        }
        return column;
    }
}
