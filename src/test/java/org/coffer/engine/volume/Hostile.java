package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.coffer.engine.disk.Extent;
import org.coffer.problem.ProblemException;

/**
 * Harms a small image at random and reads all that is then to be found: single bytes, where it has any; now and then blocks, which hold
 * what belongs to another, or nothing; or it ends too early. A reader may refuse at any point, by a {@link ProblemException}, and nothing
 * else.
 */
final class Hostile {
    private static final int BLOCK = 512;
    private static final int[] TELLING = {0, 1, 2, 0x7f, 0x80, 0xff};

    private final byte[] image;
    private final int[] used;
    private final Random random;

    /** Harm to a sound image. */
    Hostile(byte[] image, long seed) {
        this.image = image;
        this.random = new Random(seed);
        List<Integer> blocks = new ArrayList<>();
        for (int i = 0; i + BLOCK <= image.length; i += BLOCK) {
            if (!ByteBuffer.wrap(image, i, BLOCK).equals(ByteBuffer.allocate(BLOCK))) {
                blocks.add(i);
            }
        }
        used = blocks.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Reads so many harmed variants, and returns how many of them were refused somewhere. */
    int refused(Volumes.Reader reader, int variants) throws IOException {
        int refused = 0;
        for (int i = 0; i < variants; i++) {
            boolean found = switch (random.nextInt(16)) {
                case 0 -> isRefused(reader, Arrays.copyOf(image, random.nextInt(image.length)));
                case 1, 2 -> isRefused(reader, blocks());
                default -> isRefusedWithBytes(reader);
            };
            refused += found ? 1 : 0;
        }
        return refused;
    }

    /** The image with a few blocks that were written to a wrong place, or never. */
    private byte[] blocks() {
        byte[] harmed = image.clone();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            int length = BLOCK << random.nextInt(4);
            int to = Math.min(block(), image.length - length);
            if (random.nextBoolean()) {
                System.arraycopy(image, Math.min(block(), image.length - length), harmed, to, length);
            } else {
                Arrays.fill(harmed, to, to + length, (byte) (random.nextBoolean() ? 0 : 0xff));
            }
        }
        return harmed;
    }

    private int block() {
        return used[random.nextInt(used.length)];
    }

    private boolean isRefusedWithBytes(Volumes.Reader reader) throws IOException {
        int count = 1 + random.nextInt(8);
        int[] places = new int[count];
        byte[] before = new byte[count];
        for (int j = 0; j < count; j++) {
            places[j] = block() + random.nextInt(BLOCK);
            before[j] = image[places[j]];
            image[places[j]] =
                    random.nextBoolean() ? (byte) TELLING[random.nextInt(TELLING.length)] : (byte) random.nextInt(256);
        }
        boolean refused = isRefused(reader, image);
        for (int j = count - 1; j >= 0; j--) {
            image[places[j]] = before[j];
        }
        return refused;
    }

    private static boolean isRefused(Volumes.Reader reader, byte[] harmed) throws IOException {
        boolean[] refused = {false};
        try {
            FileSystem files = reader.open(new MemoryBytes(harmed));
            files.label();
            walk(files, files.root(), new HashSet<>(), refused);
        } catch (ProblemException e) {
            return true;
        }
        return refused[0];
    }

    /** As everybody who walks must: no folder twice, because a harmed one may lead to itself. */
    private static void walk(FileSystem files, Node folder, Set<Long> seen, boolean[] refused) throws IOException {
        if (!seen.add(folder.id())) {
            return;
        }
        List<Name> names = new ArrayList<>();
        tried(refused, () -> files.names(folder, name -> names.add(name) && names.size() < 5000));
        for (Name name : names) {
            tried(refused, () -> {
                Node node = files.node(name);
                files.attributes(node);
                switch (node.kind()) {
                    case FOLDER -> walk(files, node, seen, refused);
                    case LINK -> files.exact(files.target(node));
                    case FILE -> read(files.open(node));
                    default -> {}
                }
            });
        }
    }

    private static void read(FileContent content) throws IOException {
        int left = 1 << 20;
        long end = -1;
        for (Extent extent : content.data(0, content.size())) {
            if (extent.from() <= end || extent.to() > content.size()) {
                throw new AssertionError(extent + " after " + end + " of " + content.size());
            }
            end = extent.to();
            int length = (int) Math.min(left, extent.length());
            content.read(extent.from(), ByteBuffer.allocate(length));
            left -= length;
        }
        int last = (int) Math.min(100, content.size());
        content.read(content.size() - last, ByteBuffer.allocate(last));
    }

    private interface Step {
        void take() throws IOException;
    }

    private static void tried(boolean[] refused, Step step) throws IOException {
        try {
            step.take();
        } catch (ProblemException e) {
            refused[0] = true;
        }
    }
}
