package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.coffer.console.Victim;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of a policy with real backups of a tiny disk into a real vault: edits, backups by hand, sleeps over slots,
 * restarts, and processes that are killed with SIGKILL in the middle of a run. After every step the backups are those that {@link NaiveLife}
 * has, which is told what happened and knows nothing of the scheduler, the cleaner, or {@link Keeping}.
 */
class PolicyYearTest {
    private static final List<LocalTime> LOOKS = List.of(LocalTime.of(0, 5), LocalTime.of(2, 0), LocalTime.of(14, 0));
    private static final List<Retention> RULES = List.of(
            new Retention.ByCount(4, new Retention.Periods(3, 2, 2, 1)),
            new Retention.ByCount(3, Retention.Periods.NONE),
            new Retention.ByDays(4),
            new Retention.ByMonths(1),
            new Retention.ByCount(6, new Retention.Periods(0, 3, 0, 0)));
    /** Shorter than what makes a clock suspicious. */
    private static final int LONGEST_SLEEP = 15;
    /** Milliseconds after its process began to look what is due; by then all is done on a quiet machine. */
    private static final int LATEST_CRASH = 400;

    @TempDir
    private Path root;

    @Test
    void threeWeeksEndWithTheBackupsThatTheRulesName() throws Exception {
        live(21, 5);
    }

    @Test
    @Tag("long")
    void aYearEndsWithTheBackupsThatTheRulesName() throws Exception {
        live(365, 7);
    }

    private void live(int days, long seed) throws Exception {
        Random random = new Random(seed);
        try (PolicyHome home = new PolicyHome(root)) {
            Disk disk = home.home.image("web", 1);
            Vault vault = home.home.vault("vault_a", disk);
            home.clock.set("2026-11-02T15:00");
            PolicyPlan plan = PolicyHome.plan("twice", RULES.getFirst(), "02:00", "14:00");
            Policy policy = home.bound(plan, vault);
            NaiveLife naive = new NaiveLife(PolicyHome.ZONE, RULES.getFirst());
            int asleep = 0;
            boolean missed = false;
            int runs = 0;
            int crashes = 0;
            for (int step = 0; step < days * LOOKS.size(); step++) {
                LocalTime time = LOOKS.get(step % LOOKS.size());
                boolean slot = !time.equals(LOOKS.getFirst());
                if (asleep > 0) {
                    asleep--;
                    missed |= slot;
                    continue;
                }
                Instant now = LocalDate.parse("2026-11-03")
                        .plusDays(step / LOOKS.size())
                        .atTime(time)
                        .atZone(PolicyHome.ZONE)
                        .toInstant();
                home.clock.set(now);
                boolean edited = random.nextInt(15) == 0;
                if (edited) {
                    Retention rule = RULES.get(random.nextInt(RULES.size()));
                    edited =
                            !rule.equals(home.policies().get(policy.id()).plan().retention());
                    if (edited) {
                        home.policies().edit(policy.id(), plan.keeping(rule), false);
                        naive.edited(rule);
                    }
                }
                if (random.nextInt(12) == 0) {
                    naive.clean(now);
                    naive.madeByHand(home.home.backUp(vault, disk, "by_hand").id());
                    home.settle();
                    naive.clean(now);
                }
                if (random.nextInt(8) == 0) {
                    home.home.restart();
                }
                home.home.change(disk, random.nextInt(400_000), 5_000, step);
                boolean due = slot || missed;
                boolean crash = due && !edited && random.nextInt(8) == 0;
                if (crash) {
                    long after = random.nextInt(LATEST_CRASH);
                    var cut = new AtomicBoolean();
                    home.home.restart(() -> cut.set(killed(now, after)));
                    crashes += cut.get() ? 1 : 0;
                }
                home.tick();
                naive.clean(now);
                if (due) {
                    Backup made = made(home, now).orElseThrow();
                    if (made.finishedAt().isPresent()) {
                        naive.made(made.id(), now);
                    } else {
                        naive.failed(made.id(), now);
                    }
                    runs++;
                }
                naive.clean(now);
                missed = false;
                if (!crash) {
                    assertThat(ids(home)).as("%s, step %s", now, step).isEqualTo(naive.there());
                }
                asleep = random.nextInt(10) == 0 ? random.nextInt(LONGEST_SLEEP) : 0;
            }
            assertThat(runs).isGreaterThan(days);
            assertThat(crashes).isPositive();
            assertThat(home.home.restored(home.rows().stream()
                            .filter(Backup::restorable)
                            .findFirst()
                            .orElseThrow()))
                    .as("and they are backups")
                    .hasSize(1_000_000);
        }
    }

    /** Kills the process that does what is due now so many milliseconds after it began; says whether it was still at it. */
    private boolean killed(Instant now, long after) throws IOException {
        try {
            return Victim.killedAtSlot(root, now, PolicyHome.ZONE, Victim.after(after));
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** The one automatic backup of this moment. */
    private static Optional<Backup> made(PolicyHome home, Instant now) {
        List<Backup> all = home.rows().stream()
                .filter(backup ->
                        backup.automatic().isPresent() && backup.createdAt().equals(now))
                .toList();
        assertThat(all).as("runs at %s", now).hasSize(1);
        return all.stream().findFirst();
    }

    private static Set<UUID> ids(PolicyHome home) {
        return home.rows().stream().map(Backup::id).collect(Collectors.toSet());
    }
}
