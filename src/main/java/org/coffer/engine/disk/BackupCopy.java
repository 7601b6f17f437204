package org.coffer.engine.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.coffer.engine.vault.BlockId;
import org.coffer.engine.vault.BlockKind;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.DiskReader;
import org.coffer.engine.vault.DiskRoot;
import org.coffer.engine.vault.DiskWriter;
import org.coffer.engine.vault.LeafKinds;
import org.coffer.engine.vault.LeafView;
import org.coffer.engine.vault.Session;
import org.coffer.engine.vault.Vault;
import org.coffer.engine.work.Stage;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Copies all disks of a backup from one vault into another.
 *
 * <p><b>Two keys.</b> Ids of blocks are hashes under a vault's own key, so the two vaults cannot be compared id by id. Every
 * block that travels is opened, authenticated and held against its id by the source, and hashed, compressed and sealed anew by
 * the target, whose writer shares what it has already. So the copy needs nothing of the source, and damage or a lost key there
 * cannot reach it.
 *
 * <p><b>What is not read.</b> If the target holds a copy of another backup of the same disk, its <em>parent</em>, and the
 * source still has the backup that this was copied from, its <em>twin</em>, then two maps of the source tell by ids alone
 * what changed between them: a part of the disk that is equal in both is the parent's in the target. So a copy after another
 * reads what lies between the two, not the disk. Without a twin everything is read, and only what the target has not got is
 * stored.
 *
 * <p><b>Failure.</b> The target is an ordinary session: until it is committed there is no copy, and what was stored is found
 * again by a session that adopts it. The source is only read. If somebody deletes the backup there meanwhile, or it is
 * damaged, that is {@code vault.damaged}.
 *
 * <p>Memory: 8 MiB a thread and the vaults' workbenches.
 */
public final class BackupCopy {
    private static final int LEAF = DiskWriter.LEAF;
    private static final int LAST_PERCENT = 99;

    /**
     * What is copied.
     *
     * @param vault the source
     * @param backup a backup of it
     * @param twin another one, of which {@link Into#parent} is a copy; empty if there is none
     */
    public record From(Vault vault, Commit backup, Optional<Commit> twin) {}

    /**
     * Where to.
     *
     * @param session of the target; committing it is the caller's
     * @param parent a backup of the target that the copy is compared with; empty if there is none
     * @param fresh whether it shares nothing with what is there, so that damage in that cannot reach it
     */
    public record Into(Session session, Optional<Commit> parent, boolean fresh) {
        /** What shares all it can. */
        public Into(Session session, Optional<Commit> parent) {
            this(session, parent, false);
        }
    }

    /**
     * What was done.
     *
     * @param bytesRead bytes of content that were read from the source, before compression
     * @param bytesKept bytes of content that the target was known to have, and that were not read
     */
    public record Result(long bytesRead, long bytesKept) {}

    /**
     * How to run.
     *
     * @param threads readers, at least 1
     * @param pace waits until so many bytes may be read from the source
     */
    public record Options(int threads, LongConsumer pace) {
        /** As many threads as a backup, and no limit. */
        public static Options standard() {
            return new Options(DiskBackup.Options.standard().threads(), bytes -> {});
        }

        /** The same at a pace. */
        public Options at(LongConsumer wanted) {
            return new Options(threads, wanted);
        }
    }

    private final From from;
    private final Into into;
    private final Options options;
    private final Work work;
    private final LongAdder read = new LongAdder();
    private final LongAdder kept = new LongAdder();

    private BackupCopy(From from, Into into, Options options, Work work) {
        this.from = from;
        this.into = into;
        this.options = options;
        this.work = work;
    }

    /**
     * Copies. Runs in stage {@link Stage#COPYING}; bytes done count holes and what is not read, too.
     *
     * @throws org.coffer.problem.ProblemException {@code vault.damaged}, or that one of the locations fails
     * @throws org.coffer.engine.work.CanceledException if the work was canceled
     */
    public static Result run(From from, Into into, Options options, Work work) throws IOException {
        BackupCopy copy = new BackupCopy(from, into, options, work);
        work.stage(Stage.COPYING, 0, LAST_PERCENT);
        work.expect(from.backup().logical());
        for (int disk = 0; disk < from.backup().disks().size(); disk++) {
            copy.disk(disk);
        }
        return new Result(copy.read.sum(), copy.kept.sum());
    }

    private void disk(int number) throws IOException {
        DiskRoot disk = from.backup().disks().get(number);
        DiskReader source = from.vault().disk(from.backup(), number);
        Optional<DiskRoot> parent = into.parent().flatMap(commit -> same(commit, disk));
        DiskReader twin = parent.isEmpty() ? null : twin(disk);
        DiskWriter target = into.session().copy(disk.facts(), parent.orElse(null), into.fresh());
        AtomicLong next = new AtomicLong();
        Crew.run(options.threads(), () -> {}, work, () -> {
            ByteBuffer buffer = DiskBackup.buffer();
            return () -> {
                long leaf = next.getAndIncrement();
                if (leaf >= source.leaves()) {
                    return false;
                }
                leaf(source, twin, target, leaf, buffer);
                return true;
            };
        });
        target.finish(source.size());
    }

    private static Optional<DiskRoot> same(Commit commit, DiskRoot disk) {
        return commit.disks().stream()
                .filter(other -> other.facts().identity().equals(disk.facts().identity()))
                .findFirst();
    }

    private @Nullable DiskReader twin(DiskRoot disk) {
        if (from.twin().isEmpty()) {
            return null;
        }
        Commit commit = from.twin().get();
        return same(commit, disk)
                .map(root -> from.vault().disk(commit, commit.disks().indexOf(root)))
                .orElse(null);
    }

    private void leaf(DiskReader source, @Nullable DiskReader twin, DiskWriter target, long leaf, ByteBuffer buffer) {
        int length = (int) Math.min(LEAF, source.size() - leaf * LEAF);
        Optional<BlockId> id = source.leafId(leaf);
        if (id.isEmpty()) {
            target.hole(leaf);
        } else if (id.equals(twinned(twin, leaf, reader -> reader.leafId(leaf).orElse(null)))
                && target.inherit(leaf, length)) {
            kept.add(length);
        } else {
            blocks(source, twinned(twin, leaf, reader -> reader.leaf(leaf)).orElse(null), target, leaf, length, buffer);
        }
        work.advance(length);
    }

    /** What the twin has there. One whose map is damaged there tells nothing: it is not what is being copied. */
    private static <T> Optional<T> twinned(
            @Nullable DiskReader twin, long leaf, Function<DiskReader, @Nullable T> question) {
        if (twin == null || leaf >= twin.leaves()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(question.apply(twin));
        } catch (ProblemException e) {
            if (!e.problem().code().equals("vault.damaged")) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private void blocks(
            DiskReader source, @Nullable LeafView twin, DiskWriter target, long leaf, int length, ByteBuffer buffer) {
        LeafView view = source.leaf(leaf);
        LeafKinds holes = LeafKinds.none();
        BitSet wanted = new BitSet();
        BitSet same = new BitSet();
        for (int i = 0; i < view.count(); i++) {
            if (view.kind(i) == BlockKind.HOLE) {
                holes = holes.with(i);
                continue;
            }
            wanted.set(i);
            same.set(i, isSame(view, twin, i));
        }
        try (DiskWriter.Leaf open = target.open(leaf, length, holes)) {
            BitSet known = open.keep(same);
            wanted.andNot(known);
            options.pace().accept(bytes(data(view, wanted), length));
            source.read(leaf, view, wanted, buffer.clear());
            open.add(buffer.clear().limit(length));
            open.finish();
            kept.add(bytes(known, length));
            read.add(bytes(data(view, wanted), length));
        }
    }

    private static boolean isSame(LeafView view, @Nullable LeafView twin, int block) {
        return twin != null
                && block < twin.count()
                && view.kind(block) == BlockKind.DATA
                && twin.kind(block) == BlockKind.DATA
                && view.id(block).equals(twin.id(block));
    }

    private static BitSet data(LeafView view, BitSet blocks) {
        BitSet data = new BitSet();
        blocks.stream().filter(i -> view.kind(i) == BlockKind.DATA).forEach(data::set);
        return data;
    }

    private static long bytes(BitSet blocks, int length) {
        return blocks.stream()
                .mapToLong(i -> Math.min(DiskWriter.BLOCK, length - i * DiskWriter.BLOCK))
                .sum();
    }
}
