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
        hit(kit, box, task);
        list(kit, box, "tasks.check.damaged", names(task, "damaged"));
        if (besides(task)) {
            box.getChildren().add(kit.caption(kit.say("tasks.check.besides")));
        }
        return Optional.of(box);
    }

    /** The backups that are hit, under each what of its disks it cannot give back. */
    private static void hit(Kit kit, VBox box, Task task) {
        List<String> names = names(task, "backupsHit");
        if (names.isEmpty()) {
            return;
        }
        var words = new LostWords(kit.text());
        List<LostRanges> lost = LostRanges.of(task);
        box.getChildren().add(kit.caption(kit.say("tasks.check.hit", "n", names.size())));
        names.stream().limit(MOST).forEach(name -> {
            box.getChildren().add(kit.copyable(name));
            lost.stream()
                    .filter(one -> one.backup().equals(name))
                    .forEach(one -> box.getChildren()
                            .add(kit.prose(kit.say("tasks.check.ranges", "runs", words.line(one, FEW)))));
        });
        more(kit, box, names.size());
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
                var words = new LostWords(kit.text());
                lost.forEach(one -> {
                    lines.add(one.backup() + "  " + kit.say("tasks.check.ranges", "runs", words.line(one, FEW)));
                    one.runs().forEach(run -> lines.add("  " + run.disk() + ' ' + run.from() + '-' + (run.to() - 1)));
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
        more(kit, box, names.size());
    }

    private static void more(Kit kit, VBox box, int all) {
        if (all > MOST) {
            box.getChildren().add(kit.caption(kit.say("tasks.check.more", "n", all - MOST)));
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
