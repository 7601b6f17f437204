package org.coffer.console.policy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.coffer.console.SetClock;
import org.coffer.console.TestHome;
import org.coffer.console.attach.Attached;
import org.coffer.console.attach.Attaching;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.OpenedStranger;
import org.coffer.console.vault.Vault;
import org.coffer.machine.Surroundings;

/** A home with policies whose clock stands still until it is set; its scheduler looks only when it is told to. */
final class PolicyHome implements AutoCloseable {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    static final String PASSPHRASE = "open sesame";

    final SetClock clock;
    final SetSurroundings surroundings = new SetSurroundings();
    final TestHome home;

    private final Path root;

    PolicyHome(Path root) throws IOException {
        this(root, ZONE);
    }

    /** In another zone: its clock, and the day that a clean-up of a day goes by. */
    PolicyHome(Path root, ZoneId zone) throws IOException {
        this.root = root;
        this.clock = new SetClock(zone, "2026-11-02T10:00"); // a Monday
        this.home = new TestHome(root, clock, surroundings);
    }

    /** Surroundings that are as they are set; nothing is known of them before. */
    static final class SetSurroundings implements Surroundings {
        private volatile Optional<Boolean> battery = Optional.empty();
        private volatile Optional<Boolean> metered = Optional.empty();
        private final AtomicInteger asked = new AtomicInteger();

        void battery(boolean on) {
            battery = Optional.of(on);
        }

        void metered(boolean costs) {
            metered = Optional.of(costs);
        }

        /** How many questions were asked. */
        int asked() {
            return asked.get();
        }

        @Override
        public Optional<Boolean> onBattery() {
            asked.incrementAndGet();
            return battery;
        }

        @Override
        public Optional<Boolean> metered() {
            asked.incrementAndGet();
            return metered;
        }
    }

    Policies policies() {
        return home.console().policies();
    }

    Scheduler scheduler() {
        return home.console().scheduler();
    }

    /** A policy that serves some vaults. */
    Policy bound(PolicyPlan plan, Vault... vaults) {
        Policy policy = policies().create(plan);
        for (Vault vault : vaults) {
            policies().bind(policy.id(), vault.id());
        }
        return policy;
    }

    /** A vault that whoever knows the passphrase opens. */
    Vault keyed(String name, Disk... disks) {
        NewVault plain = home.newVault(name, disks);
        return home.console()
                .vaults()
                .create(new NewVault(
                        name,
                        "",
                        plain.location(),
                        plain.capacityGb(),
                        plain.disks(),
                        true,
                        Optional.of(PASSPHRASE.toCharArray()),
                        false,
                        "",
                        Map.of()));
    }

    /** Attaches the only vault in a folder, which another console keeps. */
    Attached attach(Path place, boolean ownerGone) {
        Location found = home.console().locations().add(new NewLocation("drive", place, ""));
        Attaching attaching = home.console().attaching();
        try (OpenedStranger opened =
                attaching.open(attaching.find(found.id()).getFirst(), Optional.of(PASSPHRASE.toCharArray()))) {
            return attaching.attach(opened, ownerGone);
        }
    }

    /** A vault with one disk of this name. */
    Vault vault(String disk) throws IOException {
        return home.vault("vault_" + disk, home.image(disk, 1));
    }

    /** Changes the catalog under the open console. */
    void sql(String statement) throws SQLException {
        String url = "jdbc:h2:file:" + root.resolve("home/catalog");
        try (var connection = DriverManager.getConnection(url, "coffer", "");
                var act = connection.createStatement()) {
            act.executeUpdate(statement);
        }
    }

    /** What keeps each backup of a vault now. */
    Map<UUID, Verdict> verdicts(Vault vault) {
        return home.console().histories().verdicts(vault.id(), clock.instant());
    }

    /** What keeps a backup now. */
    List<Verdict.Reason> reasons(Vault vault, Backup backup) {
        return Optional.ofNullable(verdicts(vault).get(backup.id()))
                .map(Verdict::reasons)
                .orElseThrow();
    }

    /** Every night at 02:00, the newest {@code n}. */
    static PolicyPlan nightly(int n) {
        return plan("nightly", newest(n), "02:00");
    }

    static PolicyPlan plan(String name, Retention retention, String... times) {
        return new PolicyPlan(
                name,
                true,
                new Schedule(
                        ZONE, Arrays.stream(times).map(LocalTime::parse).toList(), new Days.Every(1, LocalDate.EPOCH)),
                retention,
                OptionalInt.empty(),
                Missed.ONCE,
                Conditions.NONE);
    }

    static PolicyPlan with(PolicyPlan plan, Missed missed) {
        return new PolicyPlan(
                plan.name(),
                plan.enabled(),
                plan.schedule(),
                plan.retention(),
                plan.fullEvery(),
                missed,
                plan.conditions());
    }

    static PolicyPlan with(PolicyPlan plan, Conditions conditions) {
        return new PolicyPlan(
                plan.name(),
                plan.enabled(),
                plan.schedule(),
                plan.retention(),
                plan.fullEvery(),
                plan.missed(),
                conditions);
    }

    static Retention newest(int n) {
        return new Retention.ByCount(n, Retention.Periods.NONE);
    }

    /** Sets the clock, lets the scheduler look, and waits for all that was started. */
    void at(String local) throws InterruptedException {
        clock.set(local);
        tick();
    }

    void at(Instant moment) throws InterruptedException {
        clock.set(moment);
        tick();
    }

    void tick() throws InterruptedException {
        look();
        scheduler().daily();
        settle();
    }

    /** Lets the scheduler look, and begin what is due. */
    void look() throws InterruptedException {
        scheduler().tick();
        scheduler().await();
    }

    /** Waits until nothing runs, what running tasks start at their end included. */
    void settle() throws InterruptedException {
        for (List<Task> open = open(); !open.isEmpty(); open = open()) {
            for (Task task : open) {
                home.console().tasks().await(task.id());
            }
        }
    }

    private List<Task> open() {
        return home.console().tasks().open().stream()
                .filter(task -> task.status() != TaskStatus.PAUSED)
                .toList();
    }

    /** All backups, oldest first, as {@code 03T02:00}. */
    List<String> backups() {
        return rows().stream().map(backup -> local(backup.createdAt())).toList().reversed();
    }

    List<Backup> rows() {
        return home.console().backups().list(BackupFilter.ALL, BackupSort.NEWEST, 0, 10_000);
    }

    static String local(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZONE).toString().substring(8, 16);
    }

    /** The states and reasons of all backup tasks, oldest first: {@code succeeded}, {@code skipped policy.missed}. */
    List<String> tasks() {
        TaskFilter backups = new TaskFilter(
                java.util.Set.of(TaskType.BACKUP),
                java.util.Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
        return home.console().tasks().list(backups, 0, 10_000).stream()
                .map(task -> task.status().name().toLowerCase(java.util.Locale.ROOT)
                        + task.problem().map(why -> " " + why.code()).orElse(""))
                .toList()
                .reversed();
    }

    @Override
    public void close() {
        home.close();
    }
}
