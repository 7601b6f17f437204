package org.coffer.console.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coffer.console.task.TaskRun;
import org.coffer.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Counts what a restore of files does, and names the first of what went otherwise than asked in the task's log. */
final class Tally {
    static final String ALL = "all";
    static final String FILES = "files";
    static final String FOLDERS = "folders";
    /** The number that the list of tasks shows. */
    static final String BYTES = "written";

    static final String SKIPPED = "skipped";
    static final String RENAMED = "renamed";
    static final String FAILED = "failed";
    static final String OWNERS = "ownersKept";
    static final String RIGHTS = "rightsKept";
    static final String ATTRIBUTES = "attributesKept";
    /** Whether the last seconds before the backup may be missing; only there if so. */
    static final String SECONDS = "lastSecondsMissing";

    static final String TARGET = "target";

    /** How the steps begin that name a file which was not restored. */
    static final String STEP = "file-";

    static final String RENAMED_STEP = "file-renamed";
    /** Where a restore ended that could not go on. */
    static final String CUT_STEP = "file-cut";

    static final String KEPT_STEP = "file-kept";
    static final String CODE = "code";
    static final String PATH = "path";

    private final TaskRun run;
    private long all = -1;
    private long files;
    private long folders;
    private long bytes;
    private long skipped;
    private long renamed;
    private long kept;
    private long failed;
    private boolean owners = true;
    private boolean rights = true;
    private boolean attributes = true;
    private boolean seconds;
    private String first = "";
    private @Nullable Problem damage;
    private String target = "";
    private @Nullable Standing standing;

    Tally(TaskRun run) {
        this.run = run;
    }

    /** So many files and links were asked for. */
    void all(long count) {
        all = count;
        changed();
    }

    void file() {
        files++;
        changed();
    }

    void folder() {
        folders++;
        changed();
    }

    void bytes(long more) {
        bytes += more;
    }

    void skipped() {
        skipped++;
        changed();
    }

    /** Something got another name, and is there at the target now. */
    void renamed(String place) {
        if (renamed++ < FileOutcome.NAMED) {
            run.step(RENAMED_STEP, PATH, place);
        }
        changed();
    }

    /** What was replaced is kept in a folder. */
    void kept(String folder) {
        if (kept++ < FileOutcome.NAMED) {
            run.step(KEPT_STEP, PATH, folder);
        }
    }

    /** Something was not restored. */
    void failed(FilePath path, Problem problem) {
        if (failed++ == 0) {
            first = path.text();
        }
        if (damage == null && problem.code().equals("vault.damaged")) {
            damage = problem;
        }
        if (failed <= FileOutcome.NAMED) {
            run.step(STEP + step(problem.code()), arguments(path, problem));
        }
        changed();
    }

    /** It ends here, because the target takes no more: nothing is wrong with what was to be restored. */
    void cut(FilePath path) {
        run.step(CUT_STEP, PATH, path.text());
    }

    private static Object[] arguments(FilePath path, Problem problem) {
        List<Object> all = new ArrayList<>(List.of(PATH, path.text(), CODE, problem.code()));
        problem.args().forEach((name, value) -> {
            if (!name.equals(PATH)) {
                all.add(name);
                all.add(value);
            }
        });
        return all.toArray();
    }

    /** The sentence for a reason: one of its own, or a general one. */
    private static String step(String code) {
        return switch (code) {
            case "vault.damaged" -> "damaged";
            case "files.broken" -> "broken";
            case "files.unsupported" -> "unsupported";
            case "files.missing" -> "missing";
            case "files.name" -> "name";
            case "files.in-way" -> "in-way";
            case "files.own" -> "own";
            case "files.denied" -> "denied";
            case "files.large" -> "large";
            case "files.link" -> "link";
            case "files.unlike" -> "unlike";
            case "files.moved" -> "moved";
            default -> "unread";
        };
    }

    void owner(boolean kept) {
        owners &= kept;
    }

    /** Whether something can be opened by those only who could before. */
    void rights(boolean kept) {
        rights &= kept;
    }

    /** Whether something that a file had besides is there. */
    void attributes(boolean kept) {
        attributes &= kept;
    }

    /** The last seconds before the backup may be missing in what is restored. */
    void lastSecondsMissing() {
        seconds = true;
    }

    /** The folder that the first went to. */
    void target(String folder) {
        if (target.isEmpty()) {
            target = folder;
        }
    }

    String target() {
        return target;
    }

    long files() {
        return files;
    }

    long failed() {
        return failed;
    }

    long bytes() {
        return bytes;
    }

    /** What the vault said of the first file whose stored data is damaged. */
    Optional<Problem> damage() {
        return Optional.ofNullable(damage);
    }

    /** What failed first. */
    String first() {
        return first;
    }

    /** What was asked for, as far as it is known: at least what was met. */
    long all() {
        return Math.max(all, files + failed);
    }

    /** The numbers are kept there from now on, each time that one changes. */
    void keepIn(Standing place) {
        standing = place;
        changed();
    }

    private void changed() {
        Standing place = standing;
        if (place != null) {
            place.put(numbers());
        }
    }

    /** The numbers that the task ends with. */
    Map<String, Object> numbers() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        if (all >= 0) {
            numbers.put(ALL, all);
        }
        numbers.put(FILES, files);
        numbers.put(FOLDERS, folders);
        numbers.put(BYTES, bytes);
        numbers.put(SKIPPED, skipped);
        numbers.put(RENAMED, renamed);
        numbers.put(FAILED, failed);
        numbers.put(OWNERS, owners);
        numbers.put(RIGHTS, rights);
        numbers.put(ATTRIBUTES, attributes);
        if (seconds) {
            numbers.put(SECONDS, true);
        }
        numbers.put(TARGET, target);
        return numbers;
    }
}
