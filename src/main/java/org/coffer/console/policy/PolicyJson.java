package org.coffer.console.policy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import org.coffer.console.policy.Retention.Periods;

/** A plan's rules as they are kept: in the catalog, in the vaults' own descriptions, and in the audit record. */
public final class PolicyJson {
    private PolicyJson() {}

    /** Everything but name and switch. */
    public static Map<String, Object> write(PolicyPlan plan) {
        Map<String, Object> rules = new LinkedHashMap<>();
        rules.put("zone", plan.schedule().zone().getId());
        rules.put(
                "times",
                plan.schedule().times().stream().map(LocalTime::toString).toList());
        rules.put("days", days(plan.schedule().days()));
        rules.put("keep", keep(plan.retention()));
        plan.fullEvery().ifPresent(n -> rules.put("fullEvery", n));
        rules.put("missed", plan.missed().name());
        rules.put("notOnBattery", plan.conditions().notOnBattery());
        rules.put("notMetered", plan.conditions().notMetered());
        plan.conditions()
                .hours()
                .ifPresent(hours -> rules.put(
                        "hours", List.of(hours.from().toString(), hours.until().toString())));
        if (plan.conditions().limit() > 0) {
            rules.put("limit", plan.conditions().limit());
        }
        plan.target().ifPresent(vault -> rules.put("to", vault.toString()));
        return rules;
    }

    private static Map<String, Object> days(Days days) {
        return switch (days) {
            case Days.Weekly weekly ->
                Map.of("weekly", weekly.weekdays().stream().map(DayOfWeek::name).toList());
            case Days.Every(int n, LocalDate anchor) -> Map.of("every", n, "from", anchor.toString());
            case Days.OfMonth(int n) -> Map.of("ofMonth", n);
        };
    }

    private static Map<String, Object> keep(Retention retention) {
        return switch (retention) {
            case Retention.ByCount(int newest, Periods(int d, int w, int m, int y)) ->
                Map.of("count", newest, "daily", d, "weekly", w, "monthly", m, "yearly", y);
            case Retention.ByDays(int n) -> Map.of("days", n);
            case Retention.ByMonths(int n) -> Map.of("months", n);
            case Retention.Forever() -> Map.of("forever", true);
        };
    }

    /** Reads what {@link #write} wrote. */
    public static PolicyPlan read(String name, boolean enabled, Map<String, Object> rules) {
        Schedule schedule = new Schedule(
                PolicyRules.zone(text(rules, "zone")),
                texts(rules, "times").stream().map(LocalTime::parse).toList(),
                readDays(inner(rules, "days")));
        Conditions conditions = new Conditions(
                Boolean.TRUE.equals(rules.get("notOnBattery")),
                Boolean.TRUE.equals(rules.get("notMetered")),
                hours(rules),
                number(rules, "limit"));
        return new PolicyPlan(
                name,
                enabled,
                schedule,
                readKeep(inner(rules, "keep")),
                rules.containsKey("fullEvery") ? OptionalInt.of(number(rules, "fullEvery")) : OptionalInt.empty(),
                Missed.valueOf(text(rules, "missed")),
                conditions,
                Optional.ofNullable(rules.get("to")).map(Object::toString).map(UUID::fromString));
    }

    private static Optional<Conditions.Hours> hours(Map<String, Object> rules) {
        List<String> both = texts(rules, "hours");
        return both.isEmpty()
                ? Optional.empty()
                : Optional.of(new Conditions.Hours(LocalTime.parse(both.getFirst()), LocalTime.parse(both.getLast())));
    }

    private static Days readDays(Map<String, Object> days) {
        if (days.containsKey("weekly")) {
            return new Days.Weekly(
                    texts(days, "weekly").stream().map(DayOfWeek::valueOf).collect(Collectors.toSet()));
        }
        return days.containsKey("every")
                ? new Days.Every(number(days, "every"), LocalDate.parse(text(days, "from")))
                : new Days.OfMonth(number(days, "ofMonth"));
    }

    private static Retention readKeep(Map<String, Object> keep) {
        if (keep.containsKey("count")) {
            Periods periods = new Periods(
                    number(keep, "daily"), number(keep, "weekly"), number(keep, "monthly"), number(keep, "yearly"));
            return new Retention.ByCount(number(keep, "count"), periods);
        }
        if (keep.containsKey("days")) {
            return new Retention.ByDays(number(keep, "days"));
        }
        return keep.containsKey("months") ? new Retention.ByMonths(number(keep, "months")) : new Retention.Forever();
    }

    private static String text(Map<String, Object> map, String name) {
        return String.valueOf(map.get(name));
    }

    private static int number(Map<String, Object> map, String name) {
        return map.get(name) instanceof Number number ? number.intValue() : 0;
    }

    private static List<String> texts(Map<String, Object> map, String name) {
        return map.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    @SuppressWarnings("unchecked") // JSON's objects have strings for names.
    private static Map<String, Object> inner(Map<String, Object> map, String name) {
        return map.get(name) instanceof Map<?, ?> inner ? (Map<String, Object>) inner : Map.of();
    }
}
