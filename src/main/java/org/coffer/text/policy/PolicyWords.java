package org.coffer.text.policy;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.Month;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.coffer.console.policy.Days;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.Retention;
import org.coffer.console.policy.Retention.Periods;
import org.coffer.console.policy.Schedule;
import org.coffer.console.policy.Slot;
import org.coffer.console.policy.Verdict;
import org.coffer.text.Text;

/** Schedules, retention and what keeps a backup, in words: for the window and the command line alike. */
public final class PolicyWords {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    /** More times than this are counted instead of listed. */
    private static final int MOST_LISTED = 6;
    /** The longest first line of a narrow column, in columns of a terminal. */
    private static final int LINE = 25;
    /** So many weekdays in a row are named by the first and the last. */
    private static final int STRETCH = 3;
    /** The space between a number and its unit: {@code 7 d}. */
    private static final Pattern BEFORE_UNIT = Pattern.compile("(?<=\\d) (?=\\p{L})");
    /** A space at which no line ends. */
    private static final String UNBROKEN = "\u00a0";

    private final Text text;

    /** Speaks the language of {@code text}. */
    public PolicyWords(Text text) {
        this.text = text;
    }

    /** {@code Every day 02:00, 14:00}; where that is another wall clock than this computer's, with its zone. */
    public String schedule(Schedule schedule) {
        return elsewhere(schedule)
                .map(zone -> text.get("policy.words.schedule.zone", "schedule", moments(schedule), "zone", zone))
                .orElseGet(() -> moments(schedule));
    }

    /** The zone by which a schedule runs: {@code Europe/Berlin}; empty if this computer's clock shows the same. */
    public Optional<String> elsewhere(Schedule schedule) {
        return schedule.isOn(text.zone())
                ? Optional.empty()
                : Optional.of(schedule.zone().getId());
    }

    /** {@code Every day 02:00, 14:00}, without the zone. */
    private String moments(Schedule schedule) {
        return moments(schedule, times(schedule.times()));
    }

    private String moments(Schedule schedule, String times) {
        return text.get("policy.words.schedule", "days", days(schedule.days()), "times", times);
    }

    /**
     * A schedule for a column of two lines, of which no time is lost.
     *
     * @param days the first line: {@code Every day 02:00}; where that is too long, the days alone: {@code Every 15 days from each 1st}
     * @param times what then begins the second line: {@code 02:00, 14:00}, or {@code 5× 02:00–18:00}; else empty
     */
    public record Lines(String days, String times) {}

    /** For a column of {@link #LINE}. */
    public Lines lines(Schedule schedule) {
        String listed = times(schedule.times());
        String whole = moments(schedule, listed);
        if (columns(whole) <= LINE) {
            return new Lines(whole, "");
        }
        String counted = columns(listed) <= LINE ? listed : counted(schedule.times());
        return new Lines(days(schedule.days()), counted);
    }

    /** As a terminal counts, where Chinese characters are twice as wide: in a font they are about that. */
    private static int columns(String words) {
        return words.codePoints()
                .map(character -> Character.isIdeographic(character) ? 2 : 1)
                .sum();
    }

    private String days(Days days) {
        return switch (days) {
            case Days.Weekly weekly when weekly.weekdays().size() == 7 -> text.get("policy.words.daily");
            case Days.Weekly weekly -> weekdays(weekly.weekdays());
            case Days.Every every when every.days() == 1 -> text.get("policy.words.daily");
            case Days.Every every -> text.get("policy.words.every", "n", every.days());
            case Days.OfMonth ofMonth -> text.get("policy.words.of-month", "n", ofMonth.days());
        };
    }

    /** Three and more in a row are a stretch: {@code Mon–Fri, Sun}. */
    private String weekdays(Set<DayOfWeek> days) {
        List<String> parts = new ArrayList<>();
        List<DayOfWeek> row = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            if (days.contains(day)) {
                row.add(day);
            }
            if (!days.contains(day) || day == DayOfWeek.SUNDAY) {
                if (row.size() >= STRETCH) {
                    parts.add(text.get(
                            "policy.words.stretch", "first", weekday(row.getFirst()), "last", weekday(row.getLast())));
                } else {
                    row.forEach(single -> parts.add(weekday(single)));
                }
                row.clear();
            }
        }
        return text.formats().list(parts);
    }

    /** A weekday, short: {@code Mon}. */
    public String weekday(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, text.language().locale());
    }

    /** A month, short: {@code Mar}. */
    public String month(Month month) {
        return month.getDisplayName(TextStyle.SHORT, text.language().locale());
    }

    private String times(List<LocalTime> times) {
        return times.size() > MOST_LISTED
                ? counted(times)
                : text.formats().list(times.stream().map(CLOCK::format).toList());
    }

    private String counted(List<LocalTime> times) {
        return text.get(
                "policy.words.many-times",
                "n",
                times.size(),
                "first",
                CLOCK.format(times.getFirst()),
                "last",
                CLOCK.format(times.getLast()));
    }

    /** {@code If missed: once on return}. */
    public String missed(PolicyPlan plan) {
        return text.get("policy.words.missed", "what", text.word(plan.missed()));
    }

    /** The same beside something else: {@code missed: once}. */
    public String missedBriefly(PolicyPlan plan) {
        return text.get(
                switch (plan.missed()) {
                    case ONCE -> "policy.words.missed.once";
                    case SKIP -> "policy.words.missed.skip";
                    case ASK -> "policy.words.missed.ask";
                });
    }

    /** A run to come, on the wall clock of its policy: {@code Mon 2026-11-23 02:00}. */
    public String run(Slot slot) {
        return weekday(slot.planned().getDayOfWeek())
                + ' '
                + slot.planned().toLocalDate()
                + ' '
                + CLOCK.format(slot.planned());
    }

    /** All of it in one line: {@code Every day 02:00 · Newest 30 per disk, plus 7 days}. */
    public String line(PolicyPlan plan) {
        return schedule(plan.schedule()) + " · " + retention(plan.retention());
    }

    /** The same for a narrow card: {@code Every day 02:00 · Newest 30 per disk, 7 d}. No line ends between a number and its unit. */
    public String briefLine(PolicyPlan plan) {
        String besides = besidesBriefly(plan.retention());
        String keeps = keeps(plan.retention());
        String kept = besides.isEmpty() ? keeps : text.formats().list(List.of(keeps, besides));
        return BEFORE_UNIT.matcher(schedule(plan.schedule()) + " · " + kept).replaceAll(UNBROKEN);
    }

    /** {@code Newest 30 per disk}, with what is kept besides. */
    public String retention(Retention retention) {
        String besides = besides(retention);
        return besides.isEmpty()
                ? keeps(retention)
                : text.get("policy.words.and", "count", keeps(retention), "plus", besides);
    }

    /** What is kept besides the newest: {@code 7 days, 4 weeks}; empty if nothing is. */
    public String besides(Retention retention) {
        return retention instanceof Retention.ByCount(int _, Periods periods) ? plus(periods, "plus") : "";
    }

    /** The same for a narrow column: {@code 7 d, 4 w}. */
    public String besidesBriefly(Retention retention) {
        return retention instanceof Retention.ByCount(int _, Periods periods) ? plus(periods, "brief") : "";
    }

    /** {@code Newest 30 per disk}, without what is kept besides. */
    public String keeps(Retention retention) {
        return switch (retention) {
            case Retention.ByCount(int newest, Periods _) -> text.get("policy.words.newest", "n", newest);
            case Retention.ByDays(int n) -> text.get("policy.words.for-days", "n", n);
            case Retention.ByMonths(int n) -> text.get("policy.words.for-months", "n", n);
            case Retention.Forever() -> text.get("policy.words.for-ever");
        };
    }

    private String plus(Periods periods, String form) {
        String key = "policy.words." + form;
        List<String> parts = new ArrayList<>();
        add(parts, key + "-days", periods.daily());
        add(parts, key + "-weeks", periods.weekly());
        add(parts, key + "-months", periods.monthly());
        add(parts, key + "-years", periods.yearly());
        return text.formats().list(parts);
    }

    private void add(List<String> parts, String key, int n) {
        if (n > 0) {
            parts.add(text.get(key, "n", n));
        }
    }

    /** What keeps a backup: {@code newest of its week (2026-W47), newest of its day (2026-11-22)}. */
    public String reasons(List<Verdict.Reason> reasons) {
        return text.formats().list(reasons.stream().map(this::reason).toList());
    }

    /** One of the reasons: {@code newest of its week (2026-W47)}. */
    public String reason(Verdict.Reason reason) {
        String word = text.word(reason.keeper());
        return reason.detail().isEmpty()
                ? word
                : text.get("policy.words.reason", "word", word, "detail", reason.detail());
    }
}
