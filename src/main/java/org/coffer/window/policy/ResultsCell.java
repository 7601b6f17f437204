package org.coffer.window.policy;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.coffer.console.policy.SlotFate;
import org.coffer.console.policy.SlotRun;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.table.CellView;

/** The last runs of a policy: a bar each, the newest at the right; how many of each kind there are is its tooltip. */
final class ResultsCell implements CellView<PolicyRow> {
    private final Kit kit;
    private final HBox bars = new HBox(1);
    private final Tooltip tip;

    ResultsCell(Kit kit) {
        this.kit = kit;
        this.tip = kit.tip("");
        bars.getStyleClass().add("runs");
        Tooltip.install(bars, tip);
    }

    @Override
    public Node node() {
        return bars;
    }

    @Override
    public void show(PolicyRow row) {
        bars.getChildren().setAll(row.last().stream().map(ResultsCell::bar).toList());
        String words = words(row.last());
        tip.setText(words);
        bars.setAccessibleText(words);
    }

    private static Region bar(SlotRun run) {
        var bar = new Region();
        bar.getStyleClass().addAll("run", run.fate().name().toLowerCase(Locale.ROOT));
        return bar;
    }

    private String words(List<SlotRun> runs) {
        if (runs.isEmpty()) {
            return kit.say("policies.last.none");
        }
        return List.of(SlotFate.values()).stream()
                .map(fate -> counted(
                        fate, runs.stream().filter(run -> run.fate() == fate).count()))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(kit.say("policy.words.comma")));
    }

    private String counted(SlotFate fate, long n) {
        return n == 0 ? "" : kit.say("policies.last." + fate.name().toLowerCase(Locale.ROOT), "n", n);
    }
}
