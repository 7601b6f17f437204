package org.coffer.console.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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

    private TickBenchmark() {}

    /** Prints the figures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path root = Files.createTempDirectory("tick");
        try (PolicyHome home = new PolicyHome(root)) {
            home.clock.set("2026-11-02T12:30");
            for (int i = 0; i < POLICIES; i++) {
                serve(home, i);
            }
            home.scheduler().tick();
            long[] nanos = new long[LOOKS];
            Instant start = home.clock.instant();
            for (int i = 0; i < LOOKS; i++) {
                home.clock.set(start.plusSeconds(i)); // All within the half hour before the next slots.
                nanos[i] = look(home);
            }
            Arrays.sort(nanos);
            System.out.printf(
                    "nothing due: median %.2f ms, 99th %.2f ms, longest %.2f ms%n",
                    ms(nanos[LOOKS / 2]), ms(nanos[LOOKS * 99 / 100]), ms(nanos[LOOKS - 1]));
            home.clock.set("2026-11-02T13:00");
            System.out.printf("all due at once, 1,000 backups started: %.0f ms%n", ms(look(home)));
            home.settle();
        } finally {
            TestHome.erase(root);
        }
    }

    private static void serve(PolicyHome home, int i) throws IOException {
        int share = DISKS / POLICIES + (i < DISKS % POLICIES ? 1 : 0);
        Disk[] disks = new Disk[share];
        for (int d = 0; d < share; d++) {
            disks[d] = home.home.sparse("disk-" + i + "-" + d, 1 << 20);
        }
        Vault vault = home.home.vault("vault-" + i, disks);
        PolicyPlan plan = PolicyHome.plan("policy-" + i, PolicyHome.newest(9), "13:00");
        if (i == 0) {
            home.policies().delete(home.policies().list().getFirst().id()); // The one of the first start.
        }
        Policy policy = home.policies().create(plan);
        home.policies().bind(policy.id(), vault.id());
    }

    private static long look(PolicyHome home) {
        long from = System.nanoTime();
        home.scheduler().tick();
        return System.nanoTime() - from;
    }

    private static double ms(long nanos) {
        return nanos / (double) Duration.ofMillis(1).toNanos();
    }
}
