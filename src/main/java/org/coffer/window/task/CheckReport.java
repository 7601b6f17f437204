package org.coffer.window.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.layout.VBox;
import org.coffer.console.backup.LostRanges;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskType;
import org.coffer.text.backup.LostWords;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;

/** What a check of backups found: what it read, what is damaged, and which backups that hits. */
final class CheckReport {
    private static final int MOST = 20;
    /** Stretches of a disk that are listed of one backup. */
    private static final int FEW = 3;

    private CheckReport() {}

    /** The report of a check that ran to its end, each damaged thing to be copied; empty for any other task. */
    static Optional<Node> of(Kit kit, Task task) {
        if (!reported(task)) {
            return Optional.empty();
        }
        var box = new VBox(4, kit.label(kit.say(read(task))));
        list(kit, box, "tasks.check.damaged", names(task, "damaged"));
        if (besides(task)) {
            box.getChildren().add(kit.caption(kit.say("tasks.check.besides")));
        }
        list(kit, box, "tasks.check.hit", names(task, "backupsHit"));
        List<LostRanges> lost = LostRanges.of(task);
        if (!lost.isEmpty()) {
            var words = new LostWords(kit.text());
            box.getChildren().add(kit.caption(kit.say("tasks.check.ranges")));
            lost.stream().limit(MOST).forEach(one -> box.getChildren().add(kit.prose(words.named(one, FEW))));
            if (lost.size() > MOST) {
                box.getChildren().add(kit.caption(kit.say("tasks.check.more", "n", lost.size() - MOST)));
            }
        }
        return Optional.of(box);
    }

    /** The same in lines of words, for the clipboard: all of it. */
    static List<String> lines(Kit kit, Task task) {
        var lines = new ArrayList<String>();
        if (reported(task)) {
            lines.add(kit.say(read(task)));
            for (String key : List.of("damaged", "backupsHit")) {
                List<String> found = names(task, key);
                if (!found.isEmpty()) {
                    lines.add(kit.say(
                            key.equals("damaged") ? "tasks.check.damaged" : "tasks.check.hit", "n", found.size()));
                    found.forEach(name -> lines.add("  " + name));
                }
            }
            List<LostRanges> lost = LostRanges.of(task);
            if (!lost.isEmpty()) {
                lines.add(kit.say("tasks.check.ranges"));
                var words = new LostWords(kit.text());
                lost.forEach(one -> {
                    lines.add("  " + words.named(one, FEW));
                    one.runs().forEach(run -> lines.add("    " + run.disk() + ' ' + run.from() + '-' + (run.to() - 1)));
                });
            }
            if (besides(task)) {
                lines.add(kit.say("tasks.check.besides"));
            }
        }
        return lines;
    }

    private static boolean reported(Task task) {
        return task.type() == TaskType.VERIFY
                && task.status().ended()
                && task.outcome().containsKey("objects");
    }

    /** Whether something is damaged, but nothing that a backup needs to be restored. */
    private static boolean besides(Task task) {
        return !names(task, "damaged").isEmpty() && names(task, "backupsHit").isEmpty();
    }

    private static Sentence read(Task task) {
        return Sentence.of("tasks.check.read", "objects", number(task, "objects"), "bytes", number(task, "bytes"));
    }

    private static void list(Kit kit, VBox box, String key, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        box.getChildren().add(kit.caption(kit.say(key, "n", names.size())));
        names.stream().limit(MOST).forEach(name -> box.getChildren().add(kit.copyable(name)));
        if (names.size() > MOST) {
            box.getChildren().add(kit.caption(kit.say("tasks.check.more", "n", names.size() - MOST)));
        }
    }

    private static long number(Task task, String name) {
        return task.outcome().get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static List<String> names(Task task, String name) {
        return task.outcome().get(name) instanceof List<?> all
                ? all.stream().map(String::valueOf).toList()
                : List.of();
    }
}
