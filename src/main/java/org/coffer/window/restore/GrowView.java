package org.coffer.window.restore;

import javafx.geometry.Insets;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.coffer.console.restore.Growth;
import org.coffer.problem.Problem;
import org.coffer.text.Text;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;

/** Growing in the dialog of experts: what would grow from where to where, or why nothing can; only where room is left over. */
final class GrowView extends VBox {
    private final Kit kit;
    private final RestoreModel model;
    private final CheckBox box;
    private final Label detail;

    GrowView(Kit kit, RestoreModel model) {
        this.kit = kit;
        this.model = model;
        box = kit.checkBox(kit.say("restore.grow"));
        box.selectedProperty().bindBidirectional(model.grow().chosenProperty());
        detail = kit.caption("");
        detail.setWrapText(true);
        detail.setMinHeight(USE_PREF_SIZE);
        detail.setPadding(new Insets(0, 0, 0, 26));
        getChildren().addAll(box, detail);
        WhileShown.of(this)
                .watch(model.grow().growthProperty(), now -> paint())
                .watch(model.planProperty(), now -> paint())
                .watch(model.verifyProperty(), now -> paint());
    }

    private void paint() {
        GrowChoice choice = model.grow();
        boolean shown = choice.growthProperty().get().isPresent();
        setVisible(shown);
        setManaged(shown);
        boolean possible =
                choice.offered().isPresent() && model.verifyProperty().get();
        box.setDisable(!possible);
        String words = choice.refusal()
                .map(this::refused)
                .or(() -> choice.offered().map(offer -> Text.joined(offered(offer), atWorst())))
                .orElse("");
        detail.setText(words);
        box.setAccessibleHelp(words);
    }

    private String offered(Growth.Offered offer) {
        if (!model.verifyProperty().get()) {
            return kit.say("restore.grow.unverified");
        }
        return offer.partition() == 0
                ? kit.say("restore.grow.whole", "format", offer.format(), "from", offer.from(), "to", offer.to())
                : kit.say(
                        "restore.grow.part",
                        "format",
                        offer.format(),
                        "n",
                        offer.partition(),
                        "from",
                        offer.from(),
                        "to",
                        offer.to());
    }

    /** What may be lost if it fails; nothing where the safety copy has it. */
    private String atWorst() {
        boolean kept = model.planProperty().get().stream()
                .flatMap(plan -> plan.preview().safetyCopy().stream())
                .anyMatch(safety ->
                        safety.undoable(model.safetyCopyProperty().get()).isPresent());
        return kept || !model.verifyProperty().get() ? "" : kit.say("restore.grow.no-copy");
    }

    /** Without what to do, for which there is no room: the larger disk is warned of beside it, with that. */
    private String refused(Problem why) {
        var explained = kit.text().explain(why);
        return Text.joined(explained.what(), explained.why());
    }
}
