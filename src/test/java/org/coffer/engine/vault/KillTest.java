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
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.coffer.ChildJava;
import org.coffer.engine.store.FolderStore;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three real processes on one vault in a folder: one backs up and deletes, one collects and repacks, one restores, verifies
 * and heals, all without a pause. Again and again all are killed at a random moment, as a pulled plug would.
 */
class KillTest {
    @TempDir
    private Path folder;

    private final Set<String> stored = new HashSet<>();
    private final List<String> deleted = new ArrayList<>();
    private int collected;
    private int repacked;
    private int restored;
    private int healed;
    private int failed;
    private final List<String> wrong = new ArrayList<>();

    @Test
    void whatWasReportedIsThereHoweverOftenProcessesAreKilled() throws Exception {
        kill(6);
    }

    @Test
    @Tag("long")
    void whatWasReportedIsThereAfterFiveHundredKills() throws Exception {
        kill(167);
    }

    private void kill(int rounds) throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        FolderStore.initialize(folder);
        try (FolderStore store = KilledProcess.store(folder)) {
            Lab.create(store).close();
        }
        for (int round = 0; round < rounds; round++) {
            CountDownLatch worked = new CountDownLatch(3);
            Worker writer = new Worker("writer", random.nextLong(), worked);
            Worker collector = new Worker("collector", random.nextLong(), worked);
            Worker keeper = new Worker("keeper", random.nextLong(), worked);
            assertThat(worked.await(2, TimeUnit.MINUTES))
                    .as("seed %s: all get to work", seed)
                    .isTrue();
            // From here on anything may be under way; the moment is what is tested, not waited for.
            new CountDownLatch(1).await(random.nextInt(1000), TimeUnit.MILLISECONDS);
            writer.kill();
            collector.kill();
            keeper.kill();
            if (round % 10 == 9 || round == rounds - 1) {
                check("seed " + seed + ", round " + round);
            }
        }
        assertThat(stored).isNotEmpty();
        System.out.printf(
                "%d kills, %d backups, %d deleted, %d packs deleted, %d repacked, %d restored, %d healed, %d runs refused%n",
                3 * rounds, stored.size(), deleted.size(), collected, repacked, restored, healed, failed);
        assertThat(collected).isPositive();
        assertThat(restored).isPositive();
        assertThat(wrong).as("seed %s", seed).isEmpty();
        nothingHalfDoneIsLeft();
    }

    /** Once nobody can be writing any more, a collection removes what the killed were putting. */
    private void nothingHalfDoneIsLeft() throws IOException {
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
        try (FolderStore store = KilledProcess.store(folder);
                Vault vault = Vault.open(
                        store, "lab", new Unlock.Key(Lab.key()), null, later, new SecureRandom(), Lab.SMALL)) {
            vault.collect(Lab.CONSOLE, Work.quiet());
        }
        try (var files = Files.walk(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains(".tmp-"));
        }
    }

    private void check(String when) throws IOException {
        try (FolderStore store = KilledProcess.store(folder);
                Vault vault = Lab.open(store)) {
            vault.settle(Lab.CONSOLE);
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
            assertThat(all).extracting(SessionId::toString).as(when).containsAll(mustBeThere());
            vault.collect(Lab.CONSOLE, Work.quiet());
        }
    }

    private List<String> mustBeThere() {
        return stored.stream().filter(id -> !deleted.contains(id)).toList();
    }

    /** One of the processes, and what it says. */
    private final class Worker {
        private final Process process;
        private final Thread reader;

        Worker(String role, long seed, CountDownLatch worked) throws IOException {
            List<String> command = new ArrayList<>(ChildJava.command("-Xmx256m"));
            command.addAll(List.of(KilledProcess.class.getName(), folder.toString(), role, String.valueOf(seed)));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors()))
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
            return folder.resolveSibling(folder.getFileName() + "-errors.txt").toFile();
        }

        void kill() throws Exception {
            assertThat(process.isAlive())
                    .as(() -> {
                        try {
                            return Files.readString(errors().toPath());
                        } catch (IOException e) {
                            return e.toString();
                        }
                    })
                    .isTrue();
            // Not Process.destroyForcibly, which closes the pipe with what the process had said in it.
            process.toHandle().destroyForcibly();
            process.waitFor();
            reader.join();
        }
    }

    private synchronized void note(String line) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
            case "stored" -> {
                // A line that was cut by the kill was not said.
                if (words.length == 3 && words[1].length() == 32) {
                    stored.add(words[1]);
                }
            }
            case "deleting" -> deleted.add(words[1]);
            case "collected" -> {
                collected += Integer.parseInt(words[1]);
                repacked += words.length > 2 && !words[2].isEmpty() ? Integer.parseInt(words[2]) : 0;
            }
            case "restored" -> restored += words[1].length() == 32 ? 1 : 0;
            case "verified" -> {}
            case "healed" -> healed += words[1].equals("1") ? 1 : 0;
            case "wrong" -> wrong.add(line);
            case "failed" -> failed++;
            default -> throw new IllegalStateException(line);
        }
    }
}
