package org.coffer.window.overview;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.coffer.console.audit.Caller;
import org.coffer.console.overview.Attention;
import org.coffer.console.overview.Overview;
import org.coffer.console.policy.Agenda;
import org.coffer.console.policy.Conditions;
import org.coffer.console.policy.Days;
import org.coffer.console.policy.Missed;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.Retention;
import org.coffer.console.policy.Schedule;
import org.coffer.console.task.Progress;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.Protection;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultStatus;
import org.coffer.engine.work.Stage;
import org.coffer.problem.Problem;

/** Overviews of imagined computers. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private static final Progress HALF =
            new Progress(Stage.COPYING, 250_000_000_000L, 500_000_000_000L, 90_000_000_000L, 150_000_000L, 900, false);

    private Samples() {}

    /** A task that is half done. */
    static Task task(String name, TaskStatus status) {
        return task(name, status, HALF);
    }

    static Overview busy() {
        return new Overview(
                Overview.Verdict.NEEDS_ATTENTION,
                6,
                5,
                Optional.of(NOW.minus(Duration.ofHours(3))),
                List.of(
                        need(Attention.Kind.BACKUPS_DAMAGED, "office", 3),
                        need(Attention.Kind.BACKUP_FAILED, "web-data", 0),
                        need(Attention.Kind.VAULT_FROZEN, "photos_archive", 0),
                        need(Attention.Kind.SHEET_MISSING, "vault_f61e", 0),
                        need(Attention.Kind.VAULT_FULL, "finance_2026", 96),
                        need(Attention.Kind.LOCATION_NEARLY_FULL, "NAS", 3_100_000_000L),
                        need(Attention.Kind.DISK_UNPROTECTED, "sdd", 0)),
                List.of(
                        task(
                                "web-data",
                                TaskStatus.RUNNING,
                                new Progress(
                                        Stage.COPYING,
                                        74_400_000_000L,
                                        120_000_000_000L,
                                        31_000_000_000L,
                                        180_000_000L,
                                        253,
                                        false)),
                        task("sda-system", TaskStatus.PAUSED, HALF),
                        task("mail", TaskStatus.WAITING, new Progress(Stage.WAITING, 0, 0, 0, 0, -1, false))),
                List.of(
                        vault("finance_2026", 200, 192_000_000_000L),
                        vault("vault_f61e", 480, 230_400_000_000L),
                        vault("photos_archive", 2000, 300_000_000_000L),
                        vault("office", 400, 8_000_000_000L)),
                730_400_000_000L,
                2_340_000_000_000L,
                Map.of(
                        vault("finance_2026", 200, 0).id(),
                        4L,
                        vault("vault_f61e", 480, 0).id(),
                        41L),
                days(8),
                Optional.empty());
    }

    /** A computer whose clock jumped. */
    static Overview jumped() {
        Overview calm = calm();
        return new Overview(
                Overview.Verdict.NEEDS_ATTENTION,
                calm.disks(),
                calm.protectedDisks(),
                calm.oldestGood(),
                List.of(need(Attention.Kind.CLOCK_JUMPED, "", 12), need(Attention.Kind.SHEET_MISSING, "vault_f61e", 0)),
                calm.running(),
                calm.vaults(),
                calm.stored(),
                calm.held(),
                calm.fullInDays(),
                calm.days(),
                Optional.empty());
    }

    static Overview calm() {
        return new Overview(
                Overview.Verdict.ALL_WELL,
                2,
                2,
                Optional.of(NOW.minus(Duration.ofMinutes(44))),
                List.of(),
                List.of(),
                List.of(vault("vault_f61e", 480, 118_000_000_000L)),
                118_000_000_000L,
                118_000_000_000L,
                Map.of(),
                days(2),
                Optional.empty());
    }

    /** A computer with backups from which nobody ever tried to get something back. */
    static Overview untried() {
        Overview calm = calm();
        return new Overview(
                calm.verdict(),
                calm.disks(),
                calm.protectedDisks(),
                calm.oldestGood(),
                calm.needs(),
                calm.running(),
                calm.vaults(),
                calm.stored(),
                calm.held(),
                calm.fullInDays(),
                calm.days(),
                Optional.of(new UUID(7, 7)));
    }

    static Overview empty() {
        return new Overview(
                Overview.Verdict.NOTHING_YET,
                2,
                0,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                0,
                0,
                Map.of(),
                List.of(),
                Optional.empty());
    }

    private static Attention need(Attention.Kind kind, String name, long number) {
        return new Attention(
                kind,
                name,
                Optional.of(UUID.randomUUID()),
                Optional.of(UUID.randomUUID()),
                Optional.of(UUID.randomUUID()),
                number,
                kind == Attention.Kind.BACKUP_FAILED
                        ? Optional.of(Problem.of("location.unreachable", "location", "NAS", "n", 2))
                        : Optional.empty());
    }

    private static Task task(String name, TaskStatus status, Progress progress) {
        return new Task(
                UUID.randomUUID(),
                TaskType.BACKUP,
                status,
                progress,
                new Task.Subject(
                        name,
                        Optional.of(UUID.randomUUID()),
                        "vault_f61e",
                        Optional.of(UUID.randomUUID()),
                        name,
                        Optional.empty(),
                        Optional.empty()),
                Map.of(),
                Caller.me(Caller.From.WINDOW),
                NOW,
                Optional.of(NOW),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                true);
    }

    /** The next night of each vault. */
    static List<Agenda.Upcoming> upcoming(List<Vault> vaults) {
        Schedule nightly = new Schedule(
                ZoneId.of("Asia/Shanghai"), List.of(LocalTime.of(2, 0)), new Days.Every(1, LocalDate.of(2026, 11, 1)));
        var plan = new PolicyPlan(
                "nightly",
                true,
                nightly,
                new Retention.ByCount(30, Retention.Periods.NONE),
                OptionalInt.empty(),
                Missed.ONCE,
                Conditions.NONE);
        var policy = new Policy(new UUID(0, 77), plan, NOW, NOW, NOW);
        Instant next = nightly.next(NOW).orElseThrow().at();
        return vaults.stream()
                .map(vault -> new Agenda.Upcoming(policy, vault, next))
                .toList();
    }

    static Vault vault(String name, long capacityGb, long used) {
        return new Vault(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                name,
                "",
                UUID.randomUUID(),
                "NAS",
                capacityGb,
                used,
                VaultStatus.AVAILABLE,
                Optional.empty(),
                true,
                true,
                false,
                "",
                Optional.empty(),
                NOW,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                0,
                Optional.empty(),
                false,
                Optional.empty(),
                Protection.BACKUP);
    }

    private static List<Overview.DiskDays> days(int disks) {
        List<Overview.DiskDays> all = new ArrayList<>();
        String[] names = {"web-data", "sda-system", "mail", "photos", "sdb", "build-cache-of-the-office", "sdc", "sde"};
        for (int i = 0; i < disks; i++) {
            List<Overview.Day> days = new ArrayList<>();
            for (int day = 0; day < OverviewModel.DAYS; day++) {
                days.add(
                        day < 5 * i
                                ? Overview.Day.NOTHING
                                : i == 0 && day % 9 == 4
                                        ? Overview.Day.FAILED
                                        : (day + i) % 11 == 7 ? Overview.Day.MIXED : Overview.Day.GOOD);
            }
            all.add(new Overview.DiskDays(UUID.randomUUID(), names[i], days));
        }
        return all;
    }
}
