package org.coffer.window.backup;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.coffer.console.backup.Backup;

/** The backups of a disk as days with gaps between them, a few around the chosen one. */
final class TimelineDays {
    private static final int STACK = 5;

    private TimelineDays() {}

    /**
     * A day that holds backups.
     *
     * @param date the day
     * @param backups those that are drawn, oldest first; the chosen one is among them on its day
     * @param more how many others of that day are not drawn
     * @param gap days without a backup before this one; 0 if none, or nothing came before
     */
    record Day(LocalDate date, List<Backup> backups, int more, long gap) {}

    /**
     * Days around the chosen backup.
     *
     * @param timeline all backups, oldest first
     * @param place where the chosen one stands
     * @param count at most this many days
     */
    static List<Day> around(List<Backup> timeline, int place, int count, ZoneId zone) {
        List<List<Backup>> days = new ArrayList<>();
        int chosenDay = 0;
        for (int i = 0; i < timeline.size(); i++) {
            LocalDate date = day(timeline.get(i), zone);
            if (days.isEmpty() || !day(days.getLast().getFirst(), zone).equals(date)) {
                days.add(new ArrayList<>());
            }
            days.getLast().add(timeline.get(i));
            if (i == place) {
                chosenDay = days.size() - 1;
            }
        }
        int from = Math.clamp(chosenDay - count / 2, 0, Math.max(0, days.size() - count));
        List<Day> shown = new ArrayList<>();
        for (int i = from; i < Math.min(days.size(), from + count); i++) {
            LocalDate date = day(days.get(i).getFirst(), zone);
            long gap = i == 0 ? 0 : ChronoUnit.DAYS.between(day(days.get(i - 1).getFirst(), zone), date) - 1;
            shown.add(drawn(date, days.get(i), timeline, place, gap));
        }
        return shown;
    }

    private static Day drawn(LocalDate date, List<Backup> all, List<Backup> timeline, int place, long gap) {
        if (all.size() <= STACK) {
            return new Day(date, all, 0, gap);
        }
        int chosen = place < 0 ? -1 : all.indexOf(timeline.get(place));
        int from = chosen < 0 ? all.size() - STACK : Math.clamp(chosen - STACK / 2, 0, all.size() - STACK);
        return new Day(date, all.subList(from, from + STACK), all.size() - STACK, gap);
    }

    private static LocalDate day(Backup backup, ZoneId zone) {
        return LocalDate.ofInstant(backup.createdAt(), zone);
    }
}
