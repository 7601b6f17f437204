package org.coffer.window.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.coffer.console.policy.Outcome;
import org.coffer.console.policy.RunResult;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.table.CellView;

/**
 * The last runs of a policy: a bar each, the newest at the right. Colour and shape say how it ended, the bar's tooltip when
 * and where it was too; how many ended how is read out.
 */
final class ResultsCell implements CellView<PolicyRow> {
    private final Kit kit;
    private final HBox bars = new HBox(1);

    ResultsCell(Kit kit) {
        this.kit = kit;
        bars.getStyleClass().add("runs");
    }

    @Override
    public Node node() {
        return bars;
    }

    @Override
    public void show(PolicyRow row) {
        bars.getChildren()
                .setAll(row.last().stream().map(result -> bar(row, result)).toList());
        bars.setAccessibleText(counts(row.last()));
    }

    private Region bar(PolicyRow row, RunResult result) {
        var bar = new Region();
        bar.getStyleClass().addAll("run", result.outcome().name().toLowerCase(Locale.ROOT));
        Tooltip.install(bar, kit.tip(words(row, result)));
        return bar;
    }

    /** {@code Today 02:00 · office}, how it ended, and why. */
    private String words(PolicyRow row, RunResult result) {
        String when = kit.formats().time(result.run().slot());
        String vault = row.vaultName(result.run().vault());
        List<String> lines = new ArrayList<>();
        lines.add(vault.isEmpty() ? when : kit.say("policies.last.where", "when", when, "vault", vault));
        String word = kit.text().word(result.outcome());
        lines.add(
                result.disks() > 1
                        ? kit.say(
                                "policies.last.disks", "outcome", word, "good", result.good(), "disks", result.disks())
                        : word);
        result.run()
                .problem()
                .ifPresent(why -> lines.add(kit.text().explain(why).what()));
        return String.join("\n", lines);
    }

    private String counts(List<RunResult> results) {
        if (results.isEmpty()) {
            return kit.say("policies.last.none");
        }
        return kit.formats()
                .list(Arrays.stream(Outcome.values())
                        .map(outcome -> counted(
                                outcome,
                                results.stream()
                                        .filter(result -> result.outcome() == outcome)
                                        .count()))
                        .filter(words -> !words.isEmpty())
                        .toList());
    }

    private String counted(Outcome outcome, long n) {
        return n == 0
                ? ""
                : kit.say("policies.last.count", "n", n, "outcome", kit.text().word(outcome));
    }
}
