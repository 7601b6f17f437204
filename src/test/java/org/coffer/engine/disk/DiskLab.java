package org.coffer.engine.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.coffer.engine.store.FolderStore;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.CommitFacts;
import org.coffer.engine.vault.ConsoleId;
import org.coffer.engine.vault.DiskFacts;
import org.coffer.engine.vault.DiskReader;
import org.coffer.engine.vault.DiskRoot;
import org.coffer.engine.vault.DiskWriter;
import org.coffer.engine.vault.MasterKey;
import org.coffer.engine.vault.NewVault;
import org.coffer.engine.vault.Session;
import org.coffer.engine.vault.Vault;
import org.coffer.engine.work.Work;
import org.coffer.machine.Machine;
import org.jspecify.annotations.Nullable;

/** A real vault in a folder, and the machine's real disks, for tests of whole roads. */
public final class DiskLab implements AutoCloseable {
    static final DiskBackup.Options BACKUP = DiskBackup.Options.standard();
    static final DiskRestore.Options RESTORE = DiskRestore.Options.standard();

    private static final Instant MOMENT = Instant.parse("2026-01-02T03:04:05Z");

    final Machine machine;
    final Vault vault;

    public DiskLab(Path folder) throws IOException {
        machine = Machine.here(folder.resolve("known-disks"));
        Path store = Files.createDirectory(folder.resolve("store"));
        String location = FolderStore.initialize(store);
        try (MasterKey key = MasterKey.random(new SecureRandom())) {
            vault = Vault.create(
                    new FolderStore(store, location).within("lab/"), "lab", new NewVault(true, "test"), key);
        }
    }

    /** Backs up an image or device, against its last backup if {@code parent} is given. */
    public Commit backUp(Path disk, @Nullable Commit parent) throws IOException {
        try (BlockSource source = machine.source(machine.inspect(disk))) {
            return backUp(source, parent, Work.quiet());
        }
    }

    Commit backUp(BlockSource source, @Nullable Commit parent, Work work) throws IOException {
        try (Session session = vault.begin(new ConsoleId(1, 2), List.of())) {
            DiskRoot before = parent == null ? null : parent.disks().getFirst();
            DiskWriter writer = session.disk(new DiskFacts("id", "disk"), before, false);
            DiskBackup.run(source, writer, BACKUP, work);
            return session.commit(new CommitFacts(
                    "backup",
                    "disk",
                    "",
                    CommitFacts.Origin.MANUAL,
                    parent == null ? CommitFacts.Kind.FULL : CommitFacts.Kind.INCREMENTAL,
                    CommitFacts.Consistency.CRASH,
                    "",
                    parent == null ? null : parent.id(),
                    MOMENT,
                    MOMENT));
        }
    }

    public DiskReader reader(Commit backup) {
        return vault.disk(backup, 0);
    }

    /** Restores onto a disk that exists, or into a new image. */
    DiskRestore.Result restore(Commit backup, Path disk) throws IOException {
        try (BlockTarget target = target(backup, disk)) {
            return DiskRestore.run(reader(backup), target, RESTORE, Work.quiet());
        }
    }

    BlockTarget target(Commit backup, Path disk) {
        return Files.exists(disk)
                ? machine.target(machine.inspect(disk))
                : machine.newImage(disk, reader(backup).size());
    }

    @Override
    public void close() {
        vault.close();
    }
}
