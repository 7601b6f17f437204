package org.coffer.console.policy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;

/**
 * How long a look of the scheduler takes with 32 policies, 32 vaults and 1,000 disks: run by hand, figures in
 * {@code docs/benchmarks.md}.
 */
final class TickBenchmark {
    private static final int POLICIES = 32;
    private static final int DISKS = 1_000;
    private static final int LOOKS = 1_000;
    private static final int FIRST = 10;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private TickBenchmark() {}

    /** Prints the figures. */
    public static void main(String[] args) throws IOException, SQLException, InterruptedException {
        Path root = Files.createTempDirectory("tick");
        try (PolicyHome home = new PolicyHome(root)) {
            home.clock.set("2026-11-02T12:30");
            for (int i = 0; i < POLICIES; i++) {
                serve(home, i);
            }
            Instant start = home.clock.instant();
            List<Look> looks = new ArrayList<>();
            for (int i = 0; i < LOOKS; i++) {
                home.clock.set(start.plusSeconds(i)); // All within the half hour before the next slots.
                looks.add(look(home));
            }
            System.out.println("the first looks, wall and processor ms: "
                    + looks.stream()
                            .limit(FIRST)
                            .map(look -> String.format("%.1f %.1f", ms(look.wall()), ms(look.processor())))
                            .collect(Collectors.joining(", ")));
            tell("the first, wall", looks.stream().limit(FIRST).mapToLong(Look::wall));
            tell("the first, processor", looks.stream().limit(FIRST).mapToLong(Look::processor));
            tell("nothing due, wall", looks.stream().mapToLong(Look::wall));
            tell("nothing due, processor", looks.stream().mapToLong(Look::processor));
            Look day = daily(home, root);
            System.out.printf(
                    "clean-up of a day, 30,000 backups, none due: wall %.0f ms, processor %.0f ms%n",
                    ms(day.wall()), ms(day.processor()));
            home.clock.set("2026-11-03T13:00");
            allDue(home);
        } finally {
            TestHome.erase(root);
        }
    }

    /** The look that finds all due, those that follow until all is begun, and edits of a policy meanwhile. */
    private static void allDue(PolicyHome home) throws InterruptedException {
        List<Look> before = new ArrayList<>();
        for (int i = 0; i < FIRST; i++) {
            before.add(edit(home, i));
        }
        tell("edits of a policy before that, wall", before.stream().mapToLong(Look::wall));
        long from = System.nanoTime();
        Look due = look(home);
        System.out.printf(
                "the look that finds all due: wall %.1f ms, processor %.1f ms%n", ms(due.wall()), ms(due.processor()));
        Thread beginning = Thread.ofPlatform().start(() -> {
            try {
                home.scheduler().await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        List<Look> edits = new ArrayList<>();
        Thread editing = Thread.ofPlatform().start(() -> {
            while (beginning.isAlive()) {
                edits.add(edit(home, edits.size()));
            }
        });
        List<Look> meanwhile = new ArrayList<>();
        while (beginning.isAlive()) {
            meanwhile.add(look(home));
            beginning.join(PAUSE);
        }
        System.out.printf("1,000 backups begun: after %.0f ms%n", ms(System.nanoTime() - from));
        editing.join();
        tell(meanwhile.size() + " looks meanwhile, wall", meanwhile.stream().mapToLong(Look::wall));
        tell("looks meanwhile, processor", meanwhile.stream().mapToLong(Look::processor));
        tell(edits.size() + " edits of a policy meanwhile, wall", edits.stream().mapToLong(Look::wall));
    }

    /** Gives a policy another number; what is written into its vault after that is part of it. */
    private static Look edit(PolicyHome home, int i) {
        Policy policy = home.policies().list().getLast();
        return took(() -> home.policies().edit(policy.id(), policy.plan().keeping(PolicyHome.newest(100 + i)), false));
    }

    private static void serve(PolicyHome home, int i) throws IOException {
        int share = DISKS / POLICIES + (i < DISKS % POLICIES ? 1 : 0);
        Disk[] disks = new Disk[share];
        for (int d = 0; d < share; d++) {
            disks[d] = home.home.sparse("disk-" + i + "-" + d, 1 << 20);
        }
        Vault vault = home.home.vault("vault-" + i, disks);
        PolicyPlan plan = PolicyHome.plan("policy-" + i, PolicyHome.newest(99), "13:00");
        if (i == 0) {
            home.policies().delete(home.policies().list().getFirst().id()); // The one of the first start.
        }
        Policy policy = home.policies().create(plan);
        home.policies().bind(policy.id(), vault.id());
    }

    /** What a look took, in nanoseconds: until it was over, and of a processor, which does not depend on what else runs. */
    private record Look(long wall, long processor) {}

    private static Look look(PolicyHome home) {
        return took(() -> home.scheduler().tick());
    }

    /** A month of backups of each disk, and a new day. */
    private static Look daily(PolicyHome home, Path root) throws SQLException {
        String url = "jdbc:h2:file:" + root.resolve("home/catalog");
        try (var connection = DriverManager.getConnection(url, "coffer", "");
                var act = connection.createStatement()) {
            act.executeUpdate(
                    "insert into backup (id, name, description, vault_id, resource_id, resource_name, part, status,"
                            + " origin, kind, consistency, reason, encryption, created_at, finished_at, capacity, logical, added,"
                            + " only_here, frees_now, stored_full, trash_days, damaged, policy_id, slot)"
                            + " select random_uuid(), 'autobk', '', b.vault_id, b.resource_id, 'disk', 'DATA', 'AVAILABLE',"
                            + " 'AUTOMATIC', 'INCREMENTAL', 'CRASH', 'idle', 'NONE', 86400000 * x, 86400000 * x, 0, 0, 0, 0, 0, false, 0,"
                            + " false, p.policy_id, 86400000 * x"
                            + " from binding b join policy_bond p on p.vault_id = b.vault_id, system_range(1, 30)");
        }
        home.clock.set("2026-11-03T00:00");
        home.scheduler().tick();
        return took(() -> home.scheduler().daily());
    }

    private static Look took(Runnable act) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long processor = threads.getCurrentThreadCpuTime();
        long from = System.nanoTime();
        act.run();
        return new Look(System.nanoTime() - from, threads.getCurrentThreadCpuTime() - processor);
    }

    private static void tell(String what, LongStream nanos) {
        long[] sorted = nanos.sorted().toArray();
        System.out.printf(
                "%s: median %.2f ms, 99th %.2f ms, longest %.2f ms%n",
                what,
                ms(sorted[sorted.length / 2]),
                ms(sorted[sorted.length * 99 / 100]),
                ms(sorted[sorted.length - 1]));
    }

    private static double ms(long nanos) {
        return nanos / (double) Duration.ofMillis(1).toNanos();
    }
}
