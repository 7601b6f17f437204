package org.coffer.console.overview;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.DiskTotals;
import org.coffer.console.backup.Origin;
import org.coffer.console.backup.Soundness;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.console.policy.ClockDoubt;
import org.coffer.console.policy.Policy;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.console.vault.VaultStatus;
import org.coffer.console.vault.Vaults;

/** Answers in one go: am I safe, what runs, what must I do (M3). */
public final class Overviews {
    private static final int DAYS = 30;
    private static final int FULL_PERCENT = 90;
    private static final Duration UNTRIED = Duration.ofDays(30);
    private static final int MOST_TASKS = 10_000;

    private final Locations locations;
    private final Disks disks;
    private final Vaults vaults;
    private final Backups backups;
    private final Tasks tasks;
    private final Questions questions;
    private final Clock clock;

    /**
     * What policies ask the administrator.
     *
     * @param doubt what goes once a clock that jumped is believed
     * @param missed the policies that ask whether to make up for missed runs, each with their number
     */
    public record Questions(Supplier<Optional<ClockDoubt>> doubt, Supplier<Map<Policy, Long>> missed) {}

    /** Looks at all of these. */
    public Overviews(
            Locations locations,
            Disks disks,
            Vaults vaults,
            Backups backups,
            Tasks tasks,
            Questions questions,
            Clock clock) {
        this.questions = questions;
        this.locations = locations;
        this.disks = disks;
        this.vaults = vaults;
        this.backups = backups;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** Everything as it is now, from what the catalog knows. */
    public Overview now() {
        List<Vault> all = vaults.list(VaultFilter.ALL);
        List<Disk> listed = disks.list();
        Map<UUID, DiskTotals> totals = new HashMap<>();
        for (DiskTotals each : backups.totals()) {
            totals.merge(each.disk(), each, Overviews::newer);
        }
        List<Disk> attached = listed.stream()
                .filter(disk -> disk.state() != Disk.State.MISSING)
                .toList();
        List<Disk> safe =
                attached.stream().filter(disk -> good(totals, disk).isPresent()).toList();
        List<Attention> needs = needs(all, listed, totals);
        boolean nothing = all.isEmpty() || (totals.isEmpty() && needs.stream().allMatch(Overviews::merelyNew));
        return new Overview(
                nothing
                        ? Overview.Verdict.NOTHING_YET
                        : needs.isEmpty() ? Overview.Verdict.ALL_WELL : Overview.Verdict.NEEDS_ATTENTION,
                attached.size(),
                safe.size(),
                safe.stream().flatMap(disk -> good(totals, disk).stream()).min(Comparator.naturalOrder()),
                needs,
                tasks.open(),
                all.stream()
                        .sorted(Comparator.comparingInt(Vault::percentUsed).reversed())
                        .toList(),
                all.stream().mapToLong(Vault::used).sum(),
                held(),
                forecasts(all),
                days(all),
                untried());
    }

    /** Days until a vault is full, an estimate; empty while too little is known, or when that is far away. */
    public Optional<Long> fullInDays(Vault vault) {
        return fullInDays(vault, recent(BackupFilter.ALL.inVault(vault.id())));
    }

    private Optional<Long> fullInDays(Vault vault, Map<UUID, List<Forecast.Growth>> recent) {
        OptionalLong days = Forecast.days(
                vault.capacityBytes() - vault.used(), recent.getOrDefault(vault.id(), List.of()), clock.instant());
        return days.isPresent() ? Optional.of(days.getAsLong()) : Optional.empty();
    }

    private Map<UUID, Long> forecasts(List<Vault> all) {
        Map<UUID, List<Forecast.Growth>> recent = recent(BackupFilter.ALL);
        Map<UUID, Long> days = new HashMap<>();
        all.forEach(vault -> fullInDays(vault, recent).ifPresent(left -> days.put(vault.id(), left)));
        return Map.copyOf(days);
    }

    private Map<UUID, List<Forecast.Growth>> recent(BackupFilter filter) {
        Optional<Instant> from = Optional.of(clock.instant().minus(Forecast.SPAN));
        Set<BackupStatus> good = Set.of(BackupStatus.AVAILABLE, BackupStatus.RESTORING);
        return backups
                .list(filter.withStatuses(good).between(from, Optional.empty()), BackupSort.NEWEST, 0, MOST_TASKS)
                .stream()
                .collect(Collectors.groupingBy(
                        Backup::vaultId, Collectors.mapping(Overviews::growth, Collectors.toList())));
    }

    private static Forecast.Growth growth(Backup backup) {
        return new Forecast.Growth(
                backup.createdAt(), backup.storedFull(), backup.sizes().added());
    }

    /** What whoever never tried a restore could try it with: the disk of the first backup that is old enough to say so. */
    private Optional<UUID> untried() {
        TaskFilter tried = new TaskFilter(
                Set.of(TaskType.RESTORE, TaskType.RESTORE_FILES),
                Set.of(TaskStatus.SUCCEEDED),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
        if (tasks.count(tried) > 0) {
            return Optional.empty();
        }
        BackupFilter old = BackupFilter.ALL
                .withStatuses(Set.of(BackupStatus.AVAILABLE))
                .between(Optional.empty(), Optional.of(clock.instant().minus(UNTRIED)));
        return backups.list(old, BackupSort.NEWEST, 0, 1).stream()
                .map(Backup::diskId)
                .findFirst();
    }

    private static DiskTotals newer(DiskTotals a, DiskTotals b) {
        return a.lastGood().orElse(Instant.MIN).isAfter(b.lastGood().orElse(Instant.MIN)) ? a : b;
    }

    private static Optional<Instant> good(Map<UUID, DiskTotals> totals, Disk disk) {
        return Optional.ofNullable(totals.get(disk.id())).flatMap(DiskTotals::lastGood);
    }

    private static boolean merelyNew(Attention need) {
        return need.kind() == Attention.Kind.DISK_UNPROTECTED
                || need.kind() == Attention.Kind.DISK_WITHOUT_BACKUP
                || need.kind() == Attention.Kind.SHEET_MISSING;
    }

    private long held() {
        return backups
                .list(
                        BackupFilter.ALL.withStatuses(Set.of(BackupStatus.AVAILABLE, BackupStatus.RESTORING)),
                        BackupSort.NEWEST,
                        0,
                        MOST_TASKS)
                .stream()
                .mapToLong(backup -> backup.sizes().logical())
                .sum();
    }

    private List<Attention> needs(List<Vault> all, List<Disk> listed, Map<UUID, DiskTotals> totals) {
        List<Attention> needs = new ArrayList<>();
        all.forEach(vault -> vaultNeeds(vault, needs));
        all.forEach(vault -> damage(vault, needs));
        Set<UUID> bound = new java.util.HashSet<>();
        all.forEach(vault -> bound.addAll(vault.disks()));
        for (Disk disk : listed) {
            diskNeeds(disk, bound.contains(disk.id()), good(totals, disk).isPresent(), needs);
        }
        for (UUID owed : disks.owedMounts().keySet()) {
            disks.find(owed)
                    .filter(disk -> disk.unfinishedRestore().isEmpty()
                            && backups.busy(disk.id()).isEmpty())
                    .ifPresent(disk -> needs.add(need(Attention.Kind.DISK_NOT_MOUNTED, disk)));
        }
        for (Location location : locations.list()) {
            if (location.status() == Location.Status.NEARLY_FULL) {
                needs.add(new Attention(
                        Attention.Kind.LOCATION_NEARLY_FULL,
                        location.name(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        location.freeBytes(),
                        Optional.empty()));
            }
        }
        questions
                .doubt()
                .get()
                .ifPresent(asked -> needs.add(new Attention(
                        Attention.Kind.CLOCK_JUMPED,
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        asked.gone().size(),
                        Optional.empty())));
        questions
                .missed()
                .get()
                .forEach((policy, n) -> needs.add(new Attention(
                        Attention.Kind.RUN_ASKED,
                        policy.name(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        n,
                        Optional.empty())));
        failures(needs);
        needs.sort(Comparator.comparing(Attention::kind).thenComparing(Attention::name));
        return needs;
    }

    private static void vaultNeeds(Vault vault, List<Attention> needs) {
        if (vault.status() == VaultStatus.ERROR) {
            needs.add(need(Attention.Kind.VAULT_ERROR, vault, 0));
        } else if (vault.status() == VaultStatus.FROZEN) {
            needs.add(need(Attention.Kind.VAULT_FROZEN, vault, 0));
        }
        if (vault.over()) {
            needs.add(need(Attention.Kind.VAULT_OVER, vault, vault.percentUsed()));
        } else if (vault.percentUsed() >= FULL_PERCENT) {
            needs.add(need(Attention.Kind.VAULT_FULL, vault, vault.percentUsed()));
        }
        if (vault.sheetMissing()) {
            needs.add(need(Attention.Kind.SHEET_MISSING, vault, 0));
        }
    }

    /** One thing to be dealt with, however many backups one damaged object hits. */
    private void damage(Vault vault, List<Attention> needs) {
        Soundness known = backups.soundness(vault.id(), 1);
        if (known.damaged() == 1) {
            needs.add(need(Attention.Kind.BACKUP_DAMAGED, known.newest().getFirst()));
        } else if (known.damaged() > 1) {
            needs.add(new Attention(
                    Attention.Kind.BACKUPS_DAMAGED,
                    vault.name(),
                    Optional.of(vault.id()),
                    Optional.empty(),
                    Optional.empty(),
                    known.damaged(),
                    known.newest().getFirst().problem()));
        }
    }

    private static Attention need(Attention.Kind kind, Vault vault, long number) {
        return new Attention(
                kind,
                vault.name(),
                Optional.of(vault.id()),
                Optional.empty(),
                Optional.empty(),
                number,
                vault.problem());
    }

    private void diskNeeds(Disk disk, boolean bound, boolean good, List<Attention> needs) {
        if (disk.unfinishedRestore().isPresent()) {
            needs.add(need(Attention.Kind.DISK_UNFINISHED, disk));
        }
        if (bound && disk.state() == Disk.State.FAULTY) {
            needs.add(need(Attention.Kind.DISK_FAULTY, disk));
        }
        boolean running = bound && backups.busy(disk.id()).isPresent();
        if (bound && !good && !running) {
            needs.add(need(Attention.Kind.DISK_WITHOUT_BACKUP, disk));
        }
        if (!bound && disk.state().readable()) {
            needs.add(need(Attention.Kind.DISK_UNPROTECTED, disk));
        }
    }

    private static Attention need(Attention.Kind kind, Disk disk) {
        return new Attention(
                kind, disk.name(), Optional.empty(), Optional.of(disk.id()), Optional.empty(), 0, disk.cause());
    }

    /**
     * The run of a disk that ended last counts: a failure that a later success made good needs nobody. Copies are counted by
     * themselves, because a backup makes no failed copy good. What a clock that ran ahead dated later than now says nothing of
     * what came since.
     */
    private void failures(List<Attention> needs) {
        Instant now = clock.instant();
        Map<Run, Backup> last = new HashMap<>();
        backups.list(BackupFilter.ALL.between(Optional.empty(), Optional.of(now)), BackupSort.NEWEST, 0, 1000)
                .forEach(backup -> {
                    if (backup.status() != BackupStatus.CREATING) {
                        last.merge(
                                Run.of(backup), backup, (a, b) -> ended(b, now).isAfter(ended(a, now)) ? b : a);
                    }
                });
        last.values().stream()
                .filter(backup -> backup.status() == BackupStatus.ERROR && !backup.damaged())
                .forEach(backup -> needs.add(need(Attention.Kind.BACKUP_FAILED, backup)));
    }

    /** Whose failure a later run makes good: the backups of a disk, or the copies of them. */
    private record Run(UUID disk, boolean copy) {
        static Run of(Backup backup) {
            return new Run(backup.diskId(), backup.origin() == Origin.REPLICA);
        }
    }

    /** When a run ended; a copy has the moment of its original, and one that failed the moment at which it did. */
    private static Instant ended(Backup backup, Instant now) {
        return backup.finishedAt().filter(at -> !at.isAfter(now)).orElse(backup.createdAt());
    }

    private static Attention need(Attention.Kind kind, Backup backup) {
        return new Attention(
                kind,
                kind == Attention.Kind.BACKUP_FAILED ? backup.diskName() : backup.name(),
                Optional.of(backup.vaultId()),
                Optional.of(backup.diskId()),
                Optional.of(backup.id()),
                0,
                backup.problem());
    }

    private List<Overview.DiskDays> days(List<Vault> all) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), clock.getZone());
        LocalDate first = today.minusDays(DAYS - 1L);
        Map<UUID, boolean[][]> seen = new HashMap<>();
        TaskFilter since = new TaskFilter(
                Set.of(TaskType.BACKUP),
                Set.of(TaskStatus.SUCCEEDED, TaskStatus.FAILED, TaskStatus.TIMED_OUT),
                Optional.of(first.atStartOfDay(clock.getZone()).toInstant()),
                Optional.empty(),
                Optional.empty(),
                "");
        for (Task task : tasks.list(since, 0, MOST_TASKS)) {
            task.subject().resourceId().ifPresent(disk -> {
                int day = (int) ChronoUnit.DAYS.between(first, LocalDate.ofInstant(task.created(), clock.getZone()));
                if (day >= 0 && day < DAYS) {
                    seen.computeIfAbsent(disk, id -> new boolean[DAYS][2])[day][
                            task.status() == TaskStatus.SUCCEEDED ? 0 : 1] = true;
                }
            });
        }
        return all.stream()
                .flatMap(vault -> vault.disks().stream())
                .distinct()
                .flatMap(disk -> disks.find(disk).stream())
                .map(disk -> new Overview.DiskDays(
                        disk.id(), disk.name(), results(seen.getOrDefault(disk.id(), new boolean[DAYS][2]))))
                .sorted(Comparator.comparingLong(Overviews::badness).reversed().thenComparing(Overview.DiskDays::name))
                .toList();
    }

    private static long badness(Overview.DiskDays days) {
        return days.results().stream()
                .filter(day -> day == Overview.Day.FAILED || day == Overview.Day.MIXED)
                .count();
    }

    private static List<Overview.Day> results(boolean[][] seen) {
        return Arrays.stream(seen)
                .map(day -> day[0]
                        ? (day[1] ? Overview.Day.MIXED : Overview.Day.GOOD)
                        : (day[1] ? Overview.Day.FAILED : Overview.Day.NOTHING))
                .toList();
    }
}
