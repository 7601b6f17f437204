package org.coffer.window.policy;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.dialog.Sheet;

/** The sheet that starts a run of a policy by hand, of all disks or of some (P14). */
final class RunPolicy {
    private static final double WIDTH = 480;
    private static final double TALLEST = 360;

    private RunPolicy() {}

    /** The sheet over {@code model}. */
    static Sheet sheet(RunPolicyModel model) {
        var sheet = new Sheet(
                Sentence.of("policies.run.title", "policy", model.policy().name()), WIDTH, kit -> view(kit, model));
        return sheet.icon(Icon.RUN)
                .act(Act.of(model.title(), () -> model.start(sheet::done)).unless(model.whyNot()));
    }

    private static Node view(Kit kit, RunPolicyModel model) {
        List<Node> lines = new ArrayList<>();
        model.soon().ifPresent(soon -> lines.add(warning(kit, soon)));
        model.lines().forEach(line -> lines.add(line(kit, model, line)));
        var scroll = new ScrollPane(kit.column(4, lines.toArray(Node[]::new)));
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMaxHeight(TALLEST);
        return scroll;
    }

    private static Node warning(Kit kit, Problem soon) {
        var said = kit.text().explain(soon);
        Label label = kit.prose(said.what() + ' ' + said.why());
        label.setGraphic(kit.icon(Icon.WARN, Tone.ATTENTION));
        return label;
    }

    private static Node line(Kit kit, RunPolicyModel model, RunPolicyModel.Line line) {
        CheckBox box = kit.checkBox(line.disk().name());
        box.setSelected(model.ticked().getValue().contains(line.disk().id()));
        box.setDisable(line.busy().isPresent());
        box.selectedProperty().subscribe((before, on) -> model.tick(line.disk().id(), on));
        HBox row = kit.row(box, kit.spacer());
        row.getChildren()
                .add(kit.caption(line.busy()
                        .map(busy -> kit.text().explain(busy).what())
                        .orElse(line.vault().name())));
        return row;
    }
}
