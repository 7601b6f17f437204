package org.coffer.text.backup;

import java.util.List;
import org.coffer.console.backup.LostRanges;
import org.coffer.text.Text;

/** Says which stretches of its disks a damaged backup cannot give back. */
public final class LostWords {
    private final Text text;

    /** @param text in whose language */
    public LostWords(Text text) {
        this.text = text;
    }

    /**
     * In one line, without the backup's name: {@code web: 65.5 KB at 1.2 GB, 131 KB at 3 GB and 4 more}.
     *
     * @param most how many are listed; the others are counted
     */
    public String line(LostRanges lost, int most) {
        StringBuilder words = new StringBuilder();
        List<LostRanges.Run> listed = lost.runs().stream().limit(most).toList();
        for (String disk : listed.stream().map(LostRanges.Run::disk).distinct().toList()) {
            if (!words.isEmpty()) {
                words.append(text.get("backup.lost.between"));
            }
            words.append(text.get(
                    "backup.lost.disk",
                    "disk",
                    disk,
                    "runs",
                    listed.stream()
                            .filter(run -> run.disk().equals(disk))
                            .map(this::run)
                            .toList()));
        }
        long more = lost.more() + lost.runs().size() - listed.size();
        return more == 0
                ? words.toString()
                : text.get("backup.lost.more", "runs", words, "n", more, "bytes", lost.bytes());
    }

    /** The same after the backup's name. */
    public String named(LostRanges lost, int most) {
        return text.get("backup.lost.named", "name", lost.backup(), "runs", line(lost, most));
    }

    private String run(LostRanges.Run run) {
        return text.get("backup.lost.run", "bytes", run.to() - run.from(), "from", run.from());
    }
}
