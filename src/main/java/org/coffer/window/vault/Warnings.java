package org.coffer.window.vault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.coffer.console.vault.Candidate;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Sentence;

/** What to know about disks that were chosen; what is true of several of them is said once, with their number. */
final class Warnings {
    private static final String BESIDE = "location.beside";

    private Warnings() {}

    static List<Sentence> of(List<Candidate> chosen) {
        var lines = new ArrayList<Sentence>();
        Map<Object, List<String>> beside = new LinkedHashMap<>();
        for (Candidate row : chosen) {
            row.warnings().forEach(warning -> {
                if (warning.code().equals(BESIDE)) {
                    beside.computeIfAbsent(String.valueOf(warning.args().get("location")), place -> new ArrayList<>())
                            .add(row.disk().name());
                } else {
                    lines.add(Sentence.explaining(warning));
                }
            });
        }
        beside.forEach((place, disks) -> lines.add(
                disks.size() == 1
                        ? Sentence.explaining(Problem.of(BESIDE, "disk", disks.getFirst(), "location", place))
                        : Sentence.of("vaults.beside", "n", disks.size(), "location", place)));
        return lines;
    }
}
