package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.coffer.engine.disk.Extent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * XFS of version 4, which kernels of today may no longer mount: its own tool fills it from a list of files.
 *
 * <pre>
 *   /large   /link → large   /remote → far/far/…   /null   /pipe   /spare   /few/1 … 3   /block/1 … 40   /node/1 … 5000
 * </pre>
 */
class XfsOldTest {
    private static final String REMOTE = "far/".repeat(250);

    @TempDir
    private Path folder;

    private byte[] large = {};

    private XfsImage make(String options) throws IOException {
        large = new byte[3_000_000];
        new SplittableRandom(4).nextBytes(large);
        Path source = Files.write(folder.resolve("large"), large);
        Path small = Files.writeString(folder.resolve("small"), "small");
        List<String> list = new ArrayList<>(List.of(
                "/dev/null",
                "0 0",
                "d--755 0 0",
                "large -u-644 1000 70000 " + source,
                "link l--777 0 0 large",
                "remote l--777 0 0 " + REMOTE,
                "null c--666 0 0 1 3",
                "pipe p--644 0 0",
                "spare ---644 0 0 " + small));
        Map<String, Integer> folders = Map.of("few", 3, "block", 40, "node", 5000);
        folders.forEach((name, count) -> {
            list.add(name + " d--750 7 8");
            for (int i = 1; i <= count; i++) {
                list.add(i + " ---600 0 0 " + small);
            }
            list.add("$");
        });
        list.add("$");
        Path prototype = Files.write(folder.resolve("prototype"), list);
        return XfsImage.make(folder, "-m crc=0 " + options + " -p " + prototype);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-n ftype=0", "-n ftype=1 -b size=1k", "-b size=512 -i size=256 -n size=8k"})
    void allThatWasPutThereIsRead(String options) throws IOException {
        XfsImage image = make(options);
        try (XfsImage.Image bytes = image.open()) {
            Map<String, String> found =
                    XfsWalk.of(Volumes.open(bytes, Volumes.of(bytes).getFirst()));
            assertThat(found).hasSize(9 + 3 + 40 + 5000);
            assertThat(found.get("large"))
                    .startsWith("-|3000000|")
                    .contains("||1000|70000|4644|1|")
                    .endsWith(XfsWalk.sum(new SmallContent(large)));
            assertThat(found.get("link")).startsWith("l|5|").endsWith("|large");
            assertThat(found.get("remote")).startsWith("l|1000|").endsWith("|" + REMOTE);
            assertThat(found.get("null")).startsWith("s|0|").contains("|666|1|");
            assertThat(found.get("pipe")).startsWith("s|0|");
            assertThat(found.get("few")).startsWith("d|0|").contains("|7|8|750|2|");
            String small = XfsWalk.sum(new SmallContent("small".getBytes(StandardCharsets.UTF_8)));
            assertThat(found.entrySet())
                    .filteredOn(entry -> entry.getKey().contains("/"))
                    .allMatch(entry -> entry.getValue().endsWith(small));
        }
    }

    /** One run is told as a tree of two levels, with each second part of it not written. */
    @Test
    void aTreeOfRunsIsRead() throws IOException {
        XfsImage image = make("");
        try (XfsImage.Image bytes = image.open()) {
            XfsSuper layout = XfsSuper.read(bytes);
            Xfs files = Xfs.open(bytes);
            Node[] nodes = new Node[2];
            files.names(files.root(), name -> {
                if (name.text().equals("large") || name.text().equals("spare")) {
                    nodes[name.text().equals("large") ? 0 : 1] = files.node(name);
                }
                return true;
            });
            XfsExtent run = run(bytes, layout, nodes[0].id());
            long block = run(bytes, layout, nodes[1].id()).block();
            int parts = 200;
            XfsPatch.apply(
                    image.file(), layout.place(block, 1, ""), layout.blockSize(), -1, leaf -> leaf(leaf, run, parts));
            XfsPatch.apply(image.file(), layout.inodePlace(nodes[0].id()), layout.inodeSize(), -1, inode -> {
                inode.put(5, (byte) 3).putInt(76, parts);
                int room = (inode.limit() - 100 - 4) / 16;
                inode.putShort(100, (short) 1).putShort(102, (short) 1);
                inode.putLong(104, 0).putLong(104 + room * 8, block);
            });
            FileContent content = Xfs.open(bytes).open(nodes[0]);
            List<Extent> data = content.data(0, content.size());
            assertThat(data).hasSize(parts / 2).startsWith(new Extent(0, 4096), new Extent(8192, 12288));
            for (Extent extent : data) {
                ByteBuffer read = ByteBuffer.allocate((int) extent.length());
                content.read(extent.from(), read);
                assertThat(read.flip()).isEqualTo(ByteBuffer.wrap(large, (int) extent.from(), 4096));
            }
            ByteBuffer hole = ByteBuffer.allocate(10);
            content.read(4096, hole);
            assertThat(hole.array()).containsOnly(0);
        }
    }

    private static XfsExtent run(Bytes bytes, XfsSuper layout, long id) throws IOException {
        return XfsExtent.of(
                new XfsDisk(bytes, layout, Optional.empty()).inode(id).fork(), 0);
    }

    private static void leaf(ByteBuffer leaf, XfsExtent run, int parts) {
        leaf.putInt(0, 0x424d4150).putShort(4, (short) 0).putShort(6, (short) parts);
        for (int i = 0; i < parts; i++) {
            long block = run.block() + i;
            leaf.putLong(24 + i * 16, (i % 2 == 0 ? 0 : Long.MIN_VALUE) | (long) i << 9 | block >>> 43);
            leaf.putLong(32 + i * 16, block << 21 | 1);
        }
    }
}
