package org.coffer.console.backup;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coffer.console.catalog.Json;
import org.coffer.console.task.Task;
import org.coffer.engine.vault.DamagedRanges;
import org.coffer.problem.Problem;

/**
 * What of its disks a damaged backup cannot give back, as a check found it.
 *
 * @param backup its name
 * @param runs in the order of the disks and of the bytes on each; the first of them if there are many
 * @param more how many there are besides
 * @param bytes length of all of them
 */
public record LostRanges(String backup, List<Run> runs, long more, long bytes) {
    /** Under this name a task keeps them, and a problem those of its backup. */
    static final String NAME = "ranges";
    /** How many the problem of a backup lists. */
    private static final int IN_PROBLEM = 20;

    /**
     * A stretch of a disk.
     *
     * @param disk the disk's name
     * @param from its first byte
     * @param to the byte after its last
     */
    public record Run(String disk, long from, long to) {}

    /** Keeps an unmodifiable copy of {@code runs}. */
    public LostRanges {
        runs = List.copyOf(runs);
    }

    static LostRanges of(String backup, DamagedRanges ranges) {
        return new LostRanges(
                backup,
                ranges.runs().stream()
                        .map(run -> new Run(run.disk(), run.from(), run.to()))
                        .toList(),
                ranges.more(),
                ranges.bytes());
    }

    /** Those that a check kept, backup by backup; none if it found none, or did not know. */
    public static List<LostRanges> of(Task check) {
        return check.outcome().get(NAME) instanceof List<?> all
                ? all.stream()
                        .filter(one -> one instanceof Map)
                        .map(one -> parse((Map<?, ?>) one))
                        .toList()
                : List.of();
    }

    /** Those that the problem of a damaged backup names; empty if it names none. */
    public static Optional<LostRanges> of(Problem problem) {
        return problem.args().get(NAME) instanceof String kept && !kept.isEmpty()
                ? Optional.of(parse(Json.read(kept)))
                : Optional.empty();
    }

    /** As {@link #of(Problem)} reads it: the first few. */
    String kept() {
        return Json.write(first(IN_PROBLEM).plain());
    }

    /** With no more than some of the stretches listed; the others are counted. */
    LostRanges first(int most) {
        int listed = Math.max(0, Math.min(most, runs.size()));
        return new LostRanges(backup, runs.subList(0, listed), more + runs.size() - listed, bytes);
    }

    /** As scripts see it. */
    public Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("backup", backup);
        plain.put(
                "runs",
                runs.stream()
                        .map(run -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("disk", run.disk);
                            one.put("from", run.from);
                            one.put("to", run.to);
                            return one;
                        })
                        .toList());
        plain.put("more", more);
        plain.put("bytes", bytes);
        return plain;
    }

    private static LostRanges parse(Map<?, ?> plain) {
        List<Run> runs = plain.get("runs") instanceof List<?> all
                ? all.stream()
                        .filter(one -> one instanceof Map)
                        .map(one -> (Map<?, ?>) one)
                        .map(one -> new Run(String.valueOf(one.get("disk")), number(one, "from"), number(one, "to")))
                        .toList()
                : List.of();
        return new LostRanges(String.valueOf(plain.get("backup")), runs, number(plain, "more"), number(plain, "bytes"));
    }

    private static long number(Map<?, ?> plain, String name) {
        return plain.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
