package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.coffer.ChildJava;
import org.coffer.engine.store.FolderStore;
import org.coffer.engine.work.Work;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four real processes on vaults in folders: one backs up and deletes, one collects and repacks, one restores, verifies and heals, one
 * migrates backups to a second vault, all without a pause. Again and again all are killed at a random moment. What
 * the system still has in its memory outlives that: for a pulled plug see {@link PulledPlugTest}.
 */
class KillTest {
    private static final List<String> ROLES = List.of("writer", "collector", "keeper", "mover");

    @TempDir
    private Path root;

    private final Set<String> stored = new HashSet<>();
    private final Set<String> migrated = new HashSet<>();
    private final Set<String> deleted = new HashSet<>();
    private final Map<String, Integer> done = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    @Test
    void whatWasReportedIsThereHoweverOftenProcessesAreKilled() throws Exception {
        kill(4);
    }

    @Test
    @Tag("long")
    void whatWasReportedIsThereAfterFiveHundredKills() throws Exception {
        kill(125);
    }

    /** @param rounds at least; a few more if some act was never done by then */
    private void kill(int rounds) throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (String folder : List.of("first", "second")) {
            FolderStore.initialize(Files.createDirectory(root.resolve(folder)));
        }
        try (FolderStore first = KilledProcess.first(root);
                FolderStore second = KilledProcess.second(root)) {
            Lab.create(first).close();
            Lab.create(second).close();
        }
        int round = 0;
        while (round < rounds || (!everythingWasDone() && round < 6 * rounds)) {
            CountDownLatch worked = new CountDownLatch(ROLES.size());
            List<Worker> workers = new ArrayList<>();
            for (String role : ROLES) {
                workers.add(new Worker(role, random.nextLong(), worked));
            }
            int now = round;
            assertThat(worked.await(2, TimeUnit.MINUTES))
                    .as(() -> "seed " + seed + ", round " + now + ": all get to work: "
                            + workers.stream().map(Worker::state).toList())
                    .isTrue();
            // From here on anything may be under way; the moment is what is tested, not waited for.
            new CountDownLatch(1).await(random.nextInt(1000), TimeUnit.MILLISECONDS);
            for (Worker worker : workers) {
                worker.kill();
            }
            round++;
            if (round % 10 == 0) {
                check("seed " + seed + ", round " + round);
            }
        }
        check("seed " + seed + ", at the end");
        System.out.printf("%d kills, %d deleted: %s%n", ROLES.size() * round, deleted.size(), done);
        assertThat(wrong).as("seed %s", seed).isEmpty();
        assertThat(everythingWasDone()).as("every act was done: %s", done).isTrue();
        nothingHalfDoneIsLeft();
    }

    private synchronized boolean everythingWasDone() {
        return List.of("stored", "adopted", "restored", "verified", "healed", "collected", "repacked", "migrated")
                .stream()
                .allMatch(act -> done.getOrDefault(act, 0) > 0);
    }

    /** Once nobody can be writing any more, a collection removes what the killed were putting. */
    private void nothingHalfDoneIsLeft() throws IOException {
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
        try (FolderStore first = KilledProcess.first(root);
                FolderStore second = KilledProcess.second(root)) {
            for (FolderStore store : List.of(first, second)) {
                try (Vault vault = Vault.open(
                        store, "lab", new Unlock.Key(Lab.key()), null, later, new SecureRandom(), Lab.SMALL)) {
                    vault.collect(Lab.CONSOLE, Work.quiet());
                }
            }
        }
        try (var files = Files.walk(root)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains(".tmp-"));
        }
    }

    private void check(String when) throws IOException {
        try (FolderStore first = KilledProcess.first(root);
                FolderStore second = KilledProcess.second(root)) {
            check(when, first, Lab.CONSOLE, stored);
            check(when + ", migrated", second, KilledProcess.MOVER, migrated);
        }
    }

    private void check(String when, FolderStore store, ConsoleId console, Set<String> reported) {
        try (Vault vault = Lab.open(store)) {
            vault.settle(console);
            vault.refresh();
            assertThat(vault.damaged()).as(when).isEmpty();
            List<SessionId> all = vault.backups().stream().map(Commit::id).toList();
            VerifyReport report = vault.verify(all, Round.everything(), Work.quiet());
            assertThat(report.damaged()).as(when).isEmpty();
            for (Commit commit : vault.backups()) {
                byte[] expected =
                        KilledProcess.disk(Integer.parseInt(commit.facts().name()));
                assertThat(Lab.restore(vault, commit)).as(when).isEqualTo(expected);
            }
            assertThat(all)
                    .extracting(SessionId::toString)
                    .as(when)
                    .containsAll(reported.stream()
                            .filter(id -> !deleted.contains(id))
                            .toList());
            assertThat(vault.collect(console, Work.quiet()).waiting()).as(when).isEmpty();
        }
    }

    /** One of the processes, and what it says. */
    private final class Worker {
        private final String role;
        private final Process process;
        private final Thread reader;

        Worker(String role, long seed, CountDownLatch worked) throws IOException {
            this.role = role;
            List<String> command = new ArrayList<>(ChildJava.command("-Xmx256m"));
            command.addAll(List.of(KilledProcess.class.getName(), root.toString(), role, String.valueOf(seed)));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.to(errors()))
                    .start();
            reader = Thread.ofPlatform().start(() -> {
                try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                    boolean first = true;
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        note(line);
                        if (first) {
                            worked.countDown();
                            first = false;
                        }
                    }
                } catch (IOException e) {
                    // The pipe of a killed process may end in the middle.
                    return;
                }
            });
        }

        private File errors() {
            return root.resolve(role + "-errors.txt").toFile();
        }

        /** What it is doing, for the message of a test that failed. */
        String state() {
            if (process.isAlive()) {
                String jstack = Path.of(System.getProperty("java.home"), "bin", "jstack")
                        .toString();
                return role + " lives: " + Shell.run(jstack, String.valueOf(process.pid()));
            }
            try {
                return role + " died: " + Files.readString(errors().toPath());
            } catch (IOException e) {
                return role + " died: " + e;
            }
        }

        void kill() throws Exception {
            assertThat(process.isAlive()).as(this::state).isTrue();
            // Not Process.destroyForcibly, which closes the pipe with what the process had said in it.
            process.toHandle().destroyForcibly();
            process.waitFor();
            reader.join();
        }
    }

    /** A line that was cut by the kill was not said. */
    private synchronized void note(String line) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
            case "stored", "migrated" -> {
                if (words.length == 3 && words[1].length() == 32) {
                    (words[0].equals("stored") ? stored : migrated).add(words[1]);
                    count(words[0], 1);
                }
            }
            case "deleting" -> deleted.add(words[1]);
            case "collected" -> {
                if (words.length == 3 && !words[2].isEmpty()) {
                    count("collected", Integer.parseInt(words[1]));
                    count("repacked", Integer.parseInt(words[2]));
                }
            }
            case "restored" -> count("restored", words[1].length() == 32 ? 1 : 0);
            case "healed" -> count("healed", words[1].equals("1") ? 1 : 0);
            case "verified", "adopted", "failed" -> count(words[0], 1);
            case "wrong" -> wrong.add(line);
            default -> throw new IllegalStateException(line);
        }
    }

    private void count(String act, int times) {
        done.merge(act, times, Integer::sum);
    }
}
