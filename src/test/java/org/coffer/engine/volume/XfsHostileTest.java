package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Metadata in which bytes were changed at random, and whose checksums were made right again: a reader may find trouble or other
 * files, but ends, and ends with nothing else. Needs root.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class XfsHostileTest {
    /** Magic numbers, with the length of what begins with them and the place of its checksum. */
    private static final Map<Integer, int[]> KINDS = Map.of(
            0x58465342, new int[] {512, 224},
            0x58444233, new int[] {1024, 4},
            0x58444433, new int[] {1024, 4},
            0x424d4133, new int[] {1024, 64},
            0x58534c4d, new int[] {1024, 12},
            0x58443242, new int[] {1024, -1},
            0x58443244, new int[] {1024, -1},
            0x424d4150, new int[] {1024, -1});

    @TempDir
    private Path folder;

    /** A piece of metadata. */
    private record Target(long place, int length, int sum) {}

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoThousandChangesEndInTroubleOrWell(boolean v5) throws IOException {
        harm(v5, 2000);
    }

    @ParameterizedTest
    @Tag("long")
    @ValueSource(booleans = {true, false})
    void aHundredThousandChangesEndInTroubleOrWell(boolean v5) throws IOException {
        harm(v5, 100_000);
    }

    private void harm(boolean v5, int times) throws IOException {
        XfsImage image = v5 ? newer() : older();
        try (XfsImage.Image bytes = image.open()) {
            Seen seen = new Seen(bytes);
            int all = visit(Xfs.open(seen));
            assertThat(all).isGreaterThan(50);
            List<Target> targets = targets(seen.pieces, v5);
            assertThat(targets).hasSizeGreaterThan(60);
            int troubles = 0;
            for (int seed = 0; seed < times; seed++) {
                try {
                    visit(Xfs.open(new Harmed(seen, targets, new SplittableRandom(seed))));
                } catch (ProblemException e) {
                    assertThat(e.problem().code()).as("seed %d", seed).startsWith("files.");
                    troubles++;
                } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                    throw new AssertionError("seed " + seed, e);
                }
            }
            assertThat(troubles).isBetween(times / 5, times - 1);
        }
    }

    private XfsImage newer() throws IOException {
        XfsImage image = XfsImage.make(folder, "-b size=1k");
        image.fill("""
                mkdir few block leaf
                touch few/{1..5} block/{1..20} leaf/a-longer-name-for-a-leaf-{1..60}
                ln -s few short
                ln -s "$(printf 'far/%.0s' {1..250})" remote
                head -c 400K /dev/zero | tr '\\0' x > pieces
                for i in {0..180}; do echo "fpunch $((i * 2048)) 1024"; done | xfs_io pieces > /dev/null
                """);
        return image;
    }

    private XfsImage older() throws IOException {
        Path small = Files.writeString(folder.resolve("small"), "small");
        List<String> list = new ArrayList<>(List.of("/dev/null", "0 0", "d--755 0 0"));
        new TreeMap<>(Map.of("few", 5, "block", 20, "leaf", 200)).forEach((name, count) -> {
            list.add(name + " d--755 0 0");
            for (int i = 1; i <= count; i++) {
                list.add("name-" + i + " ---600 0 0 " + small);
            }
            list.add("$");
        });
        list.addAll(List.of("short l--777 0 0 few", "remote l--777 0 0 " + "far/".repeat(250), "$"));
        Path prototype = Files.write(folder.resolve("prototype"), list);
        return XfsImage.make(folder, "-m crc=0 -b size=1k -p " + prototype);
    }

    private static List<Target> targets(Map<Long, byte[]> pieces, boolean v5) {
        List<Target> targets = new ArrayList<>();
        pieces.forEach((place, bytes) -> {
            ByteBuffer piece = ByteBuffer.wrap(bytes);
            int inode = v5 ? 512 : 256;
            for (int at = 0; at + 1024 <= bytes.length; at += inode) {
                int[] kind = KINDS.get(piece.getInt(at));
                if (kind != null) {
                    targets.add(new Target(place + at, kind[0], kind[1]));
                } else if (piece.getShort(at) == 0x494e && piece.getShort(at + 2) != 0) {
                    targets.add(new Target(place + at, inode, v5 ? XfsInode.CHECKSUM : -1));
                }
            }
        });
        return targets;
    }

    /** Looks at everything, of large contents at little; the number of names. */
    private static int visit(FileSystem files) throws IOException {
        Set<Long> folders = new HashSet<>();
        List<Node> open = new ArrayList<>(List.of(files.root()));
        int[] count = {0};
        while (!open.isEmpty()) {
            Node folder = open.removeLast();
            if (!folders.add(folder.id())) {
                continue;
            }
            files.names(folder, name -> {
                count[0]++;
                Node node = files.node(name);
                files.attributes(node);
                switch (node.kind()) {
                    case FOLDER -> open.add(node);
                    case LINK -> files.target(node);
                    case FILE -> look(files.open(node));
                    default -> {}
                }
                return true;
            });
        }
        return count[0];
    }

    private static void look(FileContent content) throws IOException {
        content.data(0, content.size());
        long from = Math.max(0, content.size() - 5000);
        content.read(from, ByteBuffer.allocate((int) (content.size() - from)));
    }

    /** Remembers what was read. */
    private static final class Seen implements Bytes {
        private final Bytes bytes;
        private final Map<Long, byte[]> pieces = new TreeMap<>();

        Seen(Bytes bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            byte[] known = pieces.get(position);
            if (known == null || known.length != into.remaining()) {
                known = new byte[into.remaining()];
                bytes.read(position, ByteBuffer.wrap(known));
                pieces.putIfAbsent(position, known);
            }
            into.put(known);
        }
    }

    /** Bytes of which some are others than they should be. */
    private static final class Harmed implements Bytes {
        private final Bytes bytes;
        private final Target target;
        private final ByteBuffer changed;

        Harmed(Bytes bytes, List<Target> targets, SplittableRandom random) throws IOException {
            this.bytes = bytes;
            // Inodes are many.
            boolean any = random.nextBoolean();
            List<Target> chosen = targets.stream()
                    .filter(target -> any || target.length() == 1024)
                    .toList();
            this.target = chosen.get(random.nextInt(chosen.size()));
            this.changed = ByteBuffer.allocate(target.length());
            bytes.read(target.place(), changed);
            changed.flip();
            int from = random.nextInt(4) == 0 ? 0 : random.nextInt(target.length());
            int changes = 1 + random.nextInt(3);
            for (int i = 0; i < changes; i++) {
                int at = Math.min(target.length() - 1, from + random.nextInt(200));
                byte value = switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> -1;
                    case 2 -> (byte) random.nextInt();
                    default -> (byte) (changed.get(at) ^ 1 << random.nextInt(8));
                };
                changed.put(at, value);
            }
            if (target.sum() >= 0) {
                XfsSeal.set(changed, target.sum());
            }
        }

        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            int start = into.position();
            bytes.read(position, into);
            for (int i = 0; i < target.length(); i++) {
                long at = target.place() + i - position;
                if (at >= 0 && at < into.position() - start) {
                    into.put(start + (int) at, changed.get(i));
                }
            }
        }
    }
}
