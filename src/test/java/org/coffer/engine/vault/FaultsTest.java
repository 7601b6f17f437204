package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.IntStream;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.TroubledStore;
import org.coffer.engine.store.TroubledStore.Trouble;
import org.coffer.engine.store.UnreadableStore;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * T4: trouble of every kind at every single call that an act makes to its store, reading calls as well: the act ends, says
 * in known words what is wrong, and loses nothing; the next run works. What hung is let go on at the very end, when it
 * must not do any harm either.
 *
 * <p>Small as the vault is, an act makes some dozens of calls. The short form takes another kind of trouble at each of
 * them, the long one every kind at each.
 */
@Timeout(900)
class FaultsTest {
    private static final int BLOCKS = 20;
    private static final Set<String> FAILED = Set.of("location.failed", "backup.unknown");
    private static final Map<Trouble, Set<String>> WORDS = Map.of(
            Trouble.FULL, Set.of("location.full", "backup.unknown"),
            Trouble.FAILS, FAILED,
            Trouble.LIES, FAILED,
            Trouble.GONE, Set.of("location.unreachable", "backup.unknown"),
            Trouble.HANGS, Set.of("location.silent", "backup.unknown"),
            Trouble.ALL_HANG, Set.of("location.silent", "backup.unknown"),
            Trouble.SLOW, Set.of());

    private static final byte[] ONE = Lab.noise(BLOCKS * Lab.BLOCK, 1);
    private static final byte[] TWO = Lab.changed(ONE, 2, IntStream.range(0, 8).toArray());
    private static final byte[] THREE = Lab.changed(TWO, 3, 1, 18);

    /** What is done while there is trouble. */
    enum Act {
        /** One backup on top of two. */
        BACKUP {
            @Override
            void run(Vault vault, Told told) {
                told.expect("three", THREE);
                Lab.backUp(vault, "three", THREE, Lab.named(vault, "two"));
                told.said("three");
            }
        },
        /** Going on where a process died that had stored a part. */
        RESUME {
            @Override
            void prepare(Vault vault) {
                // Not closed: its process is dead.
                Session dying = vault.begin(Lab.CONSOLE, List.of());
                Lab.write(dying, THREE, Lab.named(vault, "two"), false);
                try {
                    dying.blocks().spill(); // What it has gathered so far lies there.
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }

            @Override
            void run(Vault vault, Told told) {
                told.expect("three", THREE);
                Settlement settled = vault.settle(Lab.CONSOLE);
                Lab.backUp(vault, "three", THREE, Lab.named(vault, "two"), false, settled.adoptable());
                told.said("three");
            }
        },
        /** Reading a backup. */
        RESTORE {
            @Override
            void run(Vault vault, Told told) {
                assertThat(Lab.restore(vault, Lab.named(vault, "two"))).isEqualTo(TWO);
            }
        },
        /** Deleting the first backup and freeing what only it held: whole packs, and a third of others. */
        DELETE {
            @Override
            void prepare(Vault vault) {
                Lab.backUp(vault, "other", Lab.noise(BLOCKS * Lab.BLOCK, 9), null, true, List.of());
            }

            @Override
            void run(Vault vault, Told told) {
                told.mayGo("one");
                told.mayGo("other");
                vault.purge(Lab.CONSOLE, Lab.named(vault, "one").id());
                told.deleted("one");
                vault.purge(Lab.CONSOLE, Lab.named(vault, "other").id());
                told.deleted("other");
                vault.collect(Lab.CONSOLE, Work.quiet());
            }
        },
        /** Checking every byte. */
        CHECK {
            @Override
            void run(Vault vault, Told told) {
                assertThat(vault.verify(all(vault), Round.everything(), Work.quiet())
                                .damaged())
                        .isEmpty();
            }
        },
        /** Putting a damaged pack right with what a later full backup stored. */
        HEAL {
            @Override
            void prepare(Vault vault) {
                vault.avoid(Lab.CONSOLE, damaged(vault));
                Lab.backUp(vault, "healing", ONE, Lab.named(vault, "two"), true, List.of());
            }

            @Override
            void damage(MemoryStore store, Vault vault) {
                store.bytes(damaged(vault))[700] ^= 1;
            }

            @Override
            void run(Vault vault, Told told) {
                assertThat(vault.heal(damaged(vault), Work.quiet())).isTrue();
            }
        },
        /** What a console keeps with the vault, and the ways in. */
        DESCRIBE {
            @Override
            void run(Vault vault, Told told) {
                vault.describe(new byte[] {1, 2, 3}, false);
                assertThat(vault.description()).isPresent();
                assertThat(vault.slots().list()).isEmpty();
            }
        };

        /** Makes the vault ready; no trouble yet. */
        void prepare(Vault vault) {}

        /** Damages something before the act. */
        void damage(MemoryStore store, Vault vault) {}

        abstract void run(Vault vault, Told told);

        /** The first data pack of the first backup. */
        static String damaged(Vault vault) {
            return Names.original(
                    ObjectType.DATA, new PackId(Lab.named(vault, "one").id(), 0));
        }
    }

    /** What an act said, and what it may have done without saying so. */
    static final class Told {
        final Map<String, byte[]> contents = new HashMap<>(Map.of("one", ONE, "two", TWO, "healing", ONE));
        final Set<String> must = new HashSet<>();
        final Set<String> mustNot = new HashSet<>();

        Told() {
            contents.put("other", Lab.noise(BLOCKS * Lab.BLOCK, 9));
        }

        void expect(String name, byte[] content) {
            contents.put(name, content);
        }

        void said(String name) {
            must.add(name);
        }

        void mayGo(String name) {
            must.remove(name);
        }

        void deleted(String name) {
            mustNot.add(name);
        }
    }

    @ParameterizedTest
    @EnumSource(Act.class)
    void troubleAtAnyCallLosesNothing(Act act) {
        Trouble[] kinds = Trouble.values();
        MemoryStore start = start(act);
        boolean struck = true;
        for (int call = 0; struck; call++) {
            struck = trouble(act, start, kinds[call % kinds.length], call);
        }
    }

    /** Also while it looks, right behind its commit, for what could make that no success. */
    @ParameterizedTest
    @EnumSource(
            value = Act.class,
            names = {"BACKUP", "RESUME"})
    void aBackupIsNotSaidToHaveFailedThatIsThereWhereverThePlaceGoes(Act act) {
        MemoryStore start = start(act);
        boolean struck = true;
        for (int call = 0; struck; call++) {
            struck = trouble(act, start, Trouble.GONE, call);
        }
    }

    @ParameterizedTest
    @EnumSource(Act.class)
    @Tag("long")
    void everyTroubleAtEveryCallLosesNothing(Act act) {
        MemoryStore start = start(act);
        for (Trouble kind : Trouble.values()) {
            boolean struck = true;
            for (int call = 0; struck; call++) {
                struck = trouble(act, start, kind, call);
            }
        }
    }

    /** A bad spot under one object: nobody can read it as long as the act lasts. */
    @ParameterizedTest
    @EnumSource(Act.class)
    void anyObjectThatCannotBeReadLosesNothing(Act act) {
        MemoryStore start = start(act);
        for (String object : start.objects().keySet()) {
            String when = act + ", " + object + " cannot be read";
            MemoryStore store = start.copy();
            Told told = new Told();
            try (Vault before = Lab.open(store)) {
                before.backups().forEach(commit -> told.must.add(commit.facts().name()));
            }
            try (Vault vault = Lab.open(new UnreadableStore(store, object::equals))) {
                act.run(vault, told);
            } catch (ProblemException e) {
                assertThat(act).as("%s: %s", when, e.problem().code()).isEqualTo(Act.RESTORE);
                assertThat(e.problem().code()).as(when).isEqualTo("vault.damaged");
            } catch (AssertionError e) {
                assertThat(act).as("%s: %s", when, e.getMessage()).isIn(Act.CHECK, Act.HEAL);
            } catch (NoSuchElementException e) {
                assertThat(object).as(when).startsWith(Names.COMMIT);
            }
            nothingIsLostAndTheNextRunWorks(act, store, told, when);
        }
    }

    private static MemoryStore start(Act act) {
        MemoryStore start = new MemoryStore();
        try (Vault vault = Lab.create(start)) {
            Commit one = Lab.backUp(vault, "one", ONE, null);
            Lab.backUp(vault, "two", TWO, one);
            act.prepare(vault);
            act.damage(start, vault);
        }
        return start;
    }

    private static List<SessionId> all(Vault vault) {
        return vault.backups().stream().map(Commit::id).toList();
    }

    /** Whether the trouble came at all. */
    private static boolean trouble(Act act, MemoryStore start, Trouble kind, int call) {
        String when = act + ", " + kind + " at call " + call;
        MemoryStore store = start.copy();
        Told told = new Told();
        try (Vault before = Lab.open(store)) {
            before.backups().forEach(commit -> told.must.add(commit.facts().name()));
        }
        try (TroubledStore troubled = new TroubledStore(store, kind, call)) {
            try (Vault vault = Lab.open(troubled.seen())) {
                act.run(vault, told);
            } catch (ProblemException e) {
                assertThat(e.problem().code()).as(when).isIn(WORDS.get(kind));
                if (!e.problem().code().equals("backup.unknown") && !told.must.contains("three")) {
                    told.deleted("three"); // Whoever was told that it failed does not find it there later.
                }
            }
            boolean struck = troubled.struck();
            nothingIsLostAndTheNextRunWorks(act, store, told, when);
            troubled.recover();
            if (kind == Trouble.HANGS || kind == Trouble.ALL_HANG) {
                nothingIsLostAndTheNextRunWorks(act, store, told, when + ", and then late");
            }
            return struck;
        }
    }

    private static void nothingIsLostAndTheNextRunWorks(Act act, MemoryStore store, Told told, String when) {
        try (Vault vault = Lab.open(store)) {
            if (act == Act.HEAL) {
                assertThat(vault.heal(Act.damaged(vault), Work.quiet()))
                        .as(when)
                        .isTrue();
            }
            assertThat(vault.damaged()).as(when).isEmpty();
            List<String> names = vault.backups().stream()
                    .map(commit -> commit.facts().name())
                    .toList();
            assertThat(names).as(when).containsAll(told.must).allMatch(name -> !told.mustNot.contains(name));
            Settlement settled = vault.settle(Lab.CONSOLE);
            Commit parent = vault.backups().getLast();
            Commit next = Lab.backUp(vault, "next", THREE, parent, false, settled.adoptable());
            told.expect("next", THREE);
            if (act == Act.DELETE) {
                vault.backups().stream()
                        .filter(commit ->
                                Set.of("one", "other").contains(commit.facts().name()))
                        .forEach(commit -> {
                            vault.purge(Lab.CONSOLE, commit.id());
                            told.mayGo(commit.facts().name());
                            told.deleted(commit.facts().name());
                        });
            }
            CollectReport report = vault.collect(Lab.CONSOLE, Work.quiet());
            assertThat(report.blocking()).as(when).isEmpty();
            assertThat(report.waiting()).as(when).isEmpty();
            for (Commit commit : vault.backups()) {
                assertThat(Lab.restore(vault, commit))
                        .as("%s: %s", when, commit.facts().name())
                        .isEqualTo(told.contents.get(commit.facts().name()));
            }
            assertThat(vault.damaged()).as(when).isEmpty();
            vault.purge(Lab.CONSOLE, next.id());
        }
    }
}
