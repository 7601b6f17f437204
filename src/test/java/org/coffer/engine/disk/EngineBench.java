package org.coffer.engine.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.coffer.engine.store.FolderStore;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.s3.StorageServer;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.CommitFacts;
import org.coffer.engine.vault.ConsoleId;
import org.coffer.engine.vault.DiskFacts;
import org.coffer.engine.vault.DiskRoot;
import org.coffer.engine.vault.DiskWriter;
import org.coffer.engine.vault.MasterKey;
import org.coffer.engine.vault.NewVault;
import org.coffer.engine.vault.Session;
import org.coffer.engine.vault.Unlock;
import org.coffer.engine.vault.Vault;
import org.coffer.engine.work.Work;
import org.coffer.machine.Machine;

/**
 * Times the engine alone, a step a process, as {@code bench/engine} calls it:
 *
 * <pre>
 *   init STORE · backup STORE IMAGE NAME · restore STORE NAME FILE · compare STORE NAME FILE
 * </pre>
 *
 * <p>A store is a folder, or {@code s3:PORT} for a {@link StorageServer} on this computer; then the requests are said too.
 */
public final class EngineBench {
    private static final ConsoleId CONSOLE = new ConsoleId(1, 2);

    private static final String STORAGE = "s3:";

    private final String where;

    private EngineBench(String where) {
        this.where = where;
    }

    /** Runs one step. */
    public static void main(String[] args) throws IOException {
        EngineBench bench = new EngineBench(args[1]);
        long before = System.nanoTime();
        Work work = new Work();
        AtomicReference<String> said = new AtomicReference<>("");
        work.part(() -> said.set(bench.run(args, work)));
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        System.out.printf(
                "%s %d ms, peak %d MiB: %s%n",
                args[0], took.toMillis(), PeakMemory.mebibytes(), said.get() + " " + work.requests());
    }

    private String run(String[] args, Work work) {
        try {
            return switch (args[0]) {
                case "init" -> init();
                case "backup" -> backup(Path.of(args[2]), args[3], work);
                case "restore" -> restore(args[2], Path.of(args[3]), work);
                case "compare" -> compare(args[2], Path.of(args[3]));
                default -> throw new IllegalArgumentException(args[0]);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path keyFile() {
        if (where.startsWith(STORAGE)) {
            return StorageServer.key(port());
        }
        Path folder = Path.of(where);
        return folder.resolveSibling(folder.getFileName() + ".key");
    }

    private String init() throws IOException {
        try (MasterKey key = MasterKey.random(new SecureRandom());
                Vault vault = Vault.create(begin(), "bench", new NewVault(true, "bench"), key)) {
            Files.write(keyFile(), key.copy());
            return vault.id().toString();
        }
    }

    private int port() {
        return Integer.parseInt(where.substring(STORAGE.length()));
    }

    private ObjectStore begin() throws IOException {
        if (!where.startsWith(STORAGE)) {
            FolderStore.initialize(Path.of(where));
        }
        return store();
    }

    private ObjectStore store() throws IOException {
        if (where.startsWith(STORAGE)) {
            return StorageServer.store(port()).within("bench/");
        }
        Path folder = Path.of(where);
        return new FolderStore(folder, FolderStore.identify(folder).orElseThrow()).within("bench/");
    }

    private Vault open() throws IOException {
        try (MasterKey key = MasterKey.of(Files.readAllBytes(keyFile()))) {
            return Vault.open(store(), "bench", new Unlock.Key(key), null);
        }
    }

    private static Machine machine() {
        return Machine.here(Path.of(System.getProperty("java.io.tmpdir"), "bench-disks"));
    }

    private String backup(Path image, String name, Work work) throws IOException {
        Machine machine = machine();
        try (Vault vault = open();
                Session session = vault.begin(CONSOLE, List.of());
                BlockSource source = machine.source(machine.inspect(image))) {
            List<Commit> before = vault.backups();
            DiskRoot parent = before.isEmpty() ? null : before.getLast().disks().getFirst();
            DiskWriter writer = session.disk(new DiskFacts("bench", "bench"), parent, false);
            Instant begun = Instant.now();
            DiskBackup.run(source, writer, DiskBackup.Options.standard().startingThreadsWith(machine::gentle), work);
            session.commit(new CommitFacts(
                    name,
                    "bench",
                    "",
                    CommitFacts.Origin.MANUAL,
                    parent == null ? CommitFacts.Kind.FULL : CommitFacts.Kind.INCREMENTAL,
                    CommitFacts.Consistency.CRASH,
                    "",
                    parent == null ? null : before.getLast().id(),
                    begun,
                    begun));
            return session.counts().toString();
        }
    }

    private static Commit named(Vault vault, String name) {
        return vault.backups().stream()
                .filter(commit -> commit.facts().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String restore(String name, Path file, Work work) throws IOException {
        Machine machine = machine();
        try (Vault vault = open()) {
            var reader = vault.disk(named(vault, name), 0);
            try (BlockTarget target = Files.exists(file)
                    ? machine.target(machine.inspect(file))
                    : machine.newImage(file, reader.size())) {
                return DiskRestore.run(reader, target, DiskRestore.Options.standard(), work)
                        .toString();
            }
        }
    }

    private String compare(String name, Path file) throws IOException {
        Machine machine = machine();
        try (Vault vault = open();
                BlockSource disk = machine.source(machine.inspect(file))) {
            return DiskCompare.run(vault.disk(named(vault, name), 0), disk, Work.quiet())
                    .toString();
        }
    }
}
