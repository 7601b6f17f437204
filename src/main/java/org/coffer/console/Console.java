package org.coffer.console;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.coffer.console.attach.Attaching;
import org.coffer.console.attach.Forgetting;
import org.coffer.console.audit.Audit;
import org.coffer.console.backup.AutomaticBackups;
import org.coffer.console.backup.BackupWork;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.Cleaning;
import org.coffer.console.backup.Completeness;
import org.coffer.console.backup.Deletion;
import org.coffer.console.backup.Expiry;
import org.coffer.console.backup.Intake;
import org.coffer.console.backup.Migrations;
import org.coffer.console.backup.Reconciler;
import org.coffer.console.backup.ReplicaWork;
import org.coffer.console.backup.Replicas;
import org.coffer.console.backup.SafetyCopies;
import org.coffer.console.backup.Unbinding;
import org.coffer.console.backup.VaultTrash;
import org.coffer.console.backup.Verification;
import org.coffer.console.backup.Writer;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.event.Events;
import org.coffer.console.file.BackupFiles;
import org.coffer.console.file.FileRestoreWork;
import org.coffer.console.home.Home;
import org.coffer.console.home.Secrets;
import org.coffer.console.location.Locations;
import org.coffer.console.opened.OpenDisks;
import org.coffer.console.overview.Overviews;
import org.coffer.console.policy.Cleaner;
import org.coffer.console.policy.ClockWatch;
import org.coffer.console.policy.Dues;
import org.coffer.console.policy.Histories;
import org.coffer.console.policy.Holding;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.RunResults;
import org.coffer.console.policy.Runs;
import org.coffer.console.policy.Scheduler;
import org.coffer.console.policy.Simulator;
import org.coffer.console.resource.Disks;
import org.coffer.console.restore.RestoreWork;
import org.coffer.console.restore.Restores;
import org.coffer.console.setting.Settings;
import org.coffer.console.task.Tasks;
import org.coffer.console.vault.Capacity;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.vault.Vault;
import org.coffer.machine.Machine;
import org.coffer.machine.Surroundings;
import org.jspecify.annotations.Nullable;

/**
 * All services over one home, put together: the only place that knows how they are made. The caller owns the home.
 *
 * <p>Opening settles what a process that died left behind (T4), before anything new can start. {@link #watch} lets the
 * services look around by themselves, as a window or a daemon wants and a single command does not.
 */
public final class Console implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Console.class.getName());
    /** How often locations are looked at: often enough that one which came or went is noticed well within a minute. */
    static final Duration LOOK_EVERY = Duration.ofSeconds(15);

    private static final Duration DISKS_EVERY = Duration.ofSeconds(30);
    private static final Duration TRASH_EVERY = Duration.ofHours(1);

    private final Catalog catalog;
    private final Events events = new Events();
    private final Settings settings;
    private final Audit audit;
    private final Tasks tasks;
    private final Locations locations;
    private final Disks disks;
    private final Vaults vaults;
    private final Capacity capacity;
    private final Backups backups;
    private final Replicas replicas;
    private final Cleaning cleaning;
    private final Deletion deletion;
    private final Unbinding unbinding;
    private final Verification verification;
    private final VaultTrash trash;
    private final Migrations migrations;
    private final Policies policies;
    private final Attaching attaching;
    private final Forgetting forgetting;
    private final Histories histories;
    private final ClockWatch clockWatch;
    private final Scheduler scheduler;
    private final Simulator simulator;
    private final RunResults results;
    private final Restores restores;
    private final OpenDisks openDisks;
    private final BackupFiles files;
    private final Overviews overviews;
    private final Clock clock;
    private final Duration look;
    private volatile @Nullable Thread watcher;
    private volatile @Nullable Thread punctual;

    /**
     * Opens the services over a home.
     *
     * @param machine finds and opens disks
     * @throws org.coffer.problem.ProblemException {@code catalog.newer}, {@code catalog.unreadable}
     */
    public Console(Home home, Machine machine, Clock clock) {
        this(home, machine, clock, LOOK_EVERY);
    }

    /**
     * The same, with one's own idea of how often to look at locations.
     *
     * @param look time between two looks of {@link #watch}
     */
    public Console(Home home, Machine machine, Clock clock, Duration look) {
        this(home, machine, Surroundings.here(), clock, look);
    }

    /**
     * The same, in other surroundings than those of this computer.
     *
     * @param surroundings what policies may have to wait for
     */
    public Console(Home home, Machine machine, Surroundings surroundings, Clock clock, Duration look) {
        this.clock = clock;
        this.look = look;
        this.catalog = Catalog.open(home.directory());
        home.tighten();
        this.settings = new Settings(catalog, events);
        this.audit = new Audit(catalog, events, clock);
        this.tasks = new Tasks(catalog, events, audit, clock);
        var secrets = new Secrets(home.directory());
        this.locations = new Locations(catalog, events, audit, clock, secrets, home.directory());
        this.disks = new Disks(catalog, machine, locations.grounds(), events, audit, clock);
        this.vaults = new Vaults(catalog, locations, disks, secrets, home.cache(), audit, events, clock);
        this.capacity = new Capacity(vaults, locations, tasks, audit);
        this.clockWatch = new ClockWatch(catalog, audit, events, clock);
        this.backups = new Backups(catalog, vaults, disks, tasks, audit, events, clockWatch);
        Reconciler reconciler = new Reconciler(backups, vaults, disks, events);
        Writer writer = new Writer(settings, disks, vaults, backups, reconciler);
        this.cleaning = new Cleaning(backups, vaults, tasks, audit, writer);
        cleaning.listen(events);
        reconciler.listen();
        locations.witness(new Completeness(backups, vaults));
        this.verification = new Verification(backups, vaults, tasks, settings, writer, audit, events);
        Intake intake = new Intake(backups, vaults, capacity, cleaning);
        BackupWork.register(backups, vaults, intake, disks, writer, verification, tasks, audit, events);
        this.replicas = new Replicas(backups, vaults, tasks, events, new SecureRandom());
        ReplicaWork.register(backups, replicas, vaults, intake, writer, verification, tasks, audit, events);
        this.deletion = new Deletion(backups, vaults, tasks, audit, events, cleaning, reconciler);
        this.unbinding = new Unbinding(backups, deletion, vaults);
        this.trash = new VaultTrash(backups, deletion, vaults, tasks, audit);
        this.migrations =
                Migrations.in(backups, vaults, disks, intake, cleaning, writer, verification, tasks, audit, events);
        // What is made while the clock is behind, as on a machine that was just repaired, must not go when it is put
        // right.
        this.restores = new Restores(
                backups, vaults, locations, disks, tasks, audit, settings, home.directory(), clockWatch.believed());
        this.policies = new Policies(
                catalog, vaults, disks, backups, replicas, audit, events, clockWatch.believed(), new SecureRandom());
        policies.begin(settings);
        this.forgetting = new Forgetting(locations, vaults, trash);
        this.attaching = new Attaching(vaults, backups, policies, writer, audit, events);
        this.histories = new Histories(policies, backups, vaults, clock);
        Dues dues = new Dues(histories, clockWatch);
        Cleaner cleaner = new Cleaner(dues, new Expiry(backups, vaults, deletion, reconciler), cleaning, vaults);
        backups.aftercare(cleaner);
        var automatic = new AutomaticBackups(backups, vaults, tasks, events, new SecureRandom());
        Runs runs = new Runs(catalog, automatic, replicas, policies, backups, vaults, surroundings);
        this.simulator = new Simulator(policies, histories, dues, backups, clockWatch, clock);
        this.results = new RunResults(catalog);
        this.scheduler = new Scheduler(
                catalog, policies, runs, new Holding(tasks, backups, runs), cleaner, clockWatch, events, clock);
        this.openDisks = new OpenDisks(
                catalog,
                new OpenDisks.Sources(restores, backups, vaults),
                audit,
                events,
                clock,
                new OpenDisks.Place(home.directory(), machine.mounting()));
        var safetyCopies =
                new SafetyCopies(backups, vaults, intake, cleaning, writer, audit, events, new SecureRandom());
        RestoreWork.register(restores, backups, safetyCopies, writer, verification, vaults, disks, tasks, audit);
        this.files = new BackupFiles(restores, backups, disks, locations, tasks, clock, home.directory());
        FileRestoreWork.register(files, backups, writer, verification, tasks, audit);
        this.overviews = new Overviews(
                locations,
                disks,
                vaults,
                backups,
                tasks,
                new Overviews.Questions(simulator::clockDoubt, scheduler::asked),
                clock);
        tasks.settleInterrupted();
        backups.settleStrays();
        restores.settleUnmounted();
    }

    /** The services of this computer's disks over a home. */
    public static Console open(Home home, Clock clock) {
        // Most of opening is done by one thread, and hardly a command does without a vault.
        Thread.ofPlatform().daemon().name("native code").start(Vault::loadNative);
        return new Console(home, Machine.here(home.directory().resolve("disks.seen")), clock);
    }

    /**
     * Goes on with what the last process held still, runs the policies, and looks at disks, locations and the trash from time
     * to time, until closed.
     */
    public void watch() {
        tasks.goOn();
        locations.watch(look);
        punctual = Thread.ofVirtual().name("scheduler").start(this::schedule);
        watcher = Thread.ofVirtual().name("console-watch").start(() -> {
            long beats = 0;
            long trashBeats = TRASH_EVERY.dividedBy(DISKS_EVERY);
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    openDisks.goOn();
                    files.tidy();
                    disks.refresh();
                    restores.rememberCarriers();
                    if (beats++ % trashBeats == 0) {
                        trash.housekeeping();
                        migrations.housekeeping();
                    }
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.WARNING, "looking around", e);
                }
                try {
                    TimeUnit.MILLISECONDS.sleep(DISKS_EVERY.toMillis());
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
    }

    private void schedule() {
        while (!Thread.currentThread().isInterrupted()) {
            Duration pause = LOOK_EVERY;
            try {
                scheduler.tick();
                scheduler.daily();
                pause = scheduler
                        .next()
                        .map(next -> Duration.between(clock.instant(), next).plusMillis(1))
                        .filter(left -> left.compareTo(LOOK_EVERY) < 0)
                        .orElse(LOOK_EVERY);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "running the policies", e);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(Math.max(10, pause.toMillis()));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Before a clean stop: what runs is held still, and goes on at the next {@link #watch} (Z3). */
    public void suspend() {
        for (Thread looking : Arrays.asList(watcher, punctual)) {
            if (looking != null) {
                looking.interrupt();
            }
        }
        scheduler.stop();
        tasks.suspend();
    }

    /** What changed, as it changes. */
    public Events events() {
        return events;
    }

    /** Moving disks with their backups to another vault. */
    public Migrations migrations() {
        return migrations;
    }

    /** Preferences. */
    public Settings settings() {
        return settings;
    }

    /** The audit record. */
    public Audit audit() {
        return audit;
    }

    /** All work that takes time. */
    public Tasks tasks() {
        return tasks;
    }

    /** The places where vaults live. */
    public Locations locations() {
        return locations;
    }

    /** The disks that can be protected. */
    public Disks disks() {
        return disks;
    }

    /** The vaults, their bindings and keys. */
    public Vaults vaults() {
        return vaults;
    }

    /** How vaults grow. */
    public Capacity capacity() {
        return capacity;
    }

    /** The backups. */
    public Backups backups() {
        return backups;
    }

    /** Copies of backups in vaults of other locations. */
    public Replicas replicas() {
        return replicas;
    }

    /** Freeing what nothing uses. */
    public Cleaning cleaning() {
        return cleaning;
    }

    /** Checking backups. */
    public Verification verification() {
        return verification;
    }

    /** Deleting backups. */
    public Deletion deletion() {
        return deletion;
    }

    /** Unbinding disks together with their backups. */
    public Unbinding unbinding() {
        return unbinding;
    }

    /** Deleting vaults. */
    public VaultTrash trash() {
        return trash;
    }

    /** Backups that happen by themselves. */
    public Policies policies() {
        return policies;
    }

    /** Forgetting locations that never come back. */
    public Forgetting forgetting() {
        return forgetting;
    }

    /** Bringing back vaults that lie in a location. */
    public Attaching attaching() {
        return attaching;
    }

    /** What keeps each backup. */
    public Histories histories() {
        return histories;
    }

    /** Whether the clock can be believed. */
    public ClockWatch clockWatch() {
        return clockWatch;
    }

    /** What runs the policies. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /** What policies will do, beforehand. */
    public Simulator simulator() {
        return simulator;
    }

    /** How the last runs of policies ended. */
    public RunResults results() {
        return results;
    }

    /** Getting data back. */
    public Restores restores() {
        return restores;
    }

    /** Backups that are open as disks. */
    public OpenDisks openDisks() {
        return openDisks;
    }

    /** Files out of backups. */
    public BackupFiles files() {
        return files;
    }

    /** One look at everything. */
    public Overviews overviews() {
        return overviews;
    }

    /** What time it is, and where. */
    public Clock clock() {
        return clock;
    }

    /** Stops running work, which settles at the next start, and closes everything. */
    @Override
    public void close() {
        for (Thread looking : Arrays.asList(watcher, punctual)) {
            if (looking != null) {
                looking.interrupt();
            }
        }
        scheduler.stop();
        tasks.close();
        openDisks.close();
        files.close();
        locations.close();
        if (!tasks.busy()) {
            // What did not stop in time still needs its keys; they go with the process.
            vaults.close();
        }
        catalog.close();
    }
}
