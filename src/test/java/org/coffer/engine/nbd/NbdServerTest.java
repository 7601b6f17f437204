package org.coffer.engine.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.coffer.engine.disk.DiskLab;
import org.coffer.engine.vault.Commit;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup served to the clients that people use: nbdinfo, nbdcopy, qemu-img, qemu-io, and to such as nobody wants. */
class NbdServerTest {
    private static final int MIB = 1 << 20;
    private static final long SIZE = 48L * MIB + 512;

    @TempDir
    Path folder;

    private final List<Exception> troubles = new CopyOnWriteArrayList<>();
    private DiskLab lab;
    private Path image;
    private Commit backup;

    @BeforeEach
    void backUpADisk() throws IOException {
        image = folder.resolve("disk.img");
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(noise(9 * MIB, 1)), 0);
            file.write(ByteBuffer.allocate(3 * MIB), 9L * MIB);
            file.write(
                    ByteBuffer.wrap("all work and no play ".repeat(200_000).getBytes(StandardCharsets.US_ASCII)),
                    20L * MIB);
            file.write(ByteBuffer.wrap(noise(2 * MIB + 512, 2)), SIZE - 2 * MIB - 512);
        }
        lab = new DiskLab(folder);
        backup = lab.backUp(image, null);
    }

    @AfterEach
    void closeTheLab() {
        lab.close();
    }

    private NbdServer serve(ReadableDisk disk) throws IOException {
        return NbdServer.onSocket(disk, "bench", folder.resolve("s"), troubles::add);
    }

    @Test
    void itSaysWhatItIs() throws IOException {
        try (BackupDisk disk = new BackupDisk(lab.reader(backup));
                NbdServer server = serve(disk)) {
            String told = Shell.run("nbdinfo", "--json", server.uri());

            assertThat(told)
                    .contains("\"export-size\": " + SIZE)
                    .contains("\"is_read_only\": true")
                    .contains("\"can_multi_conn\": true")
                    .contains("base:allocation")
                    .contains("\"structured\": true");
            assertThat(Shell.run("nbdinfo", "--list", server.uri())).contains("bench");
            assertThat(Files.getPosixFilePermissions(folder.resolve("s"))).hasSize(2);
        }
        assertThat(folder.resolve("s")).doesNotExist();
        assertThat(troubles).isEmpty();
    }

    @Test
    void nbdcopyGetsTheDiskByteForByteOverManyConnections() throws IOException {
        Path copy = folder.resolve("copy.img");
        try (BackupDisk disk = new BackupDisk(lab.reader(backup), 2);
                NbdServer server = NbdServer.onPort(disk, "bench", 0, troubles::add)) {
            Shell.run("nbdcopy", "--connections=4", "--requests=64", server.uri(), copy.toString());
        }
        assertThat(Files.mismatch(image, copy)).isEqualTo(-1);
        assertThat(troubles).isEmpty();
    }

    @Test
    void qemuReadsItAndKnowsItsHoles() throws IOException {
        Path copy = folder.resolve("copy.qcow2");
        try (BackupDisk disk = new BackupDisk(lab.reader(backup));
                NbdServer server = serve(disk)) {
            Shell.run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", server.uri(), copy.toString());
            assertThat(Shell.run("qemu-img", "compare", "-f", "raw", "-F", "qcow2", image.toString(), copy.toString()))
                    .contains("identical");
            assertThat(Shell.run("qemu-img", "compare", "-f", "raw", "-F", "raw", image.toString(), server.uri()))
                    .contains("identical");
            assertThat(Shell.run("qemu-img", "map", "-f", "raw", "--output=json", server.uri()))
                    .contains("\"start\": 0, \"length\": " + 9 * MIB)
                    .contains("\"zero\": true");
        }
        assertThat(troubles).isEmpty();
    }

    @Test
    void whatQemuWritesLiesInTheOverlayAndOutlivesTheServer() throws IOException {
        Path overlay = folder.resolve("overlay");
        try (OverlayDisk disk = OverlayDisk.open(overlay, new BackupDisk(lab.reader(backup)));
                NbdServer server = serve(disk)) {
            assertThat(io(
                            server,
                            "write -P 0xab 1M 300k",
                            "write -P 0xcd 5000 777",
                            "write -z 2M 1M",
                            "discard 20M 64k",
                            "write -f -P 0x11 40M 1M",
                            "flush",
                            "read -P 0xab 1M 300k",
                            "read -P 0xcd 5000 777",
                            "read -P 0 2M 1M",
                            "read -P 0 20M 64k"))
                    .doesNotContain("failed", "error", "verification");
        }
        try (OverlayDisk disk = OverlayDisk.open(overlay, new BackupDisk(lab.reader(backup)));
                NbdServer server = serve(disk)) {
            assertThat(io(server, "read -P 0xab 1M 300k", "read -P 0x11 40M 1M", "read -P 0 2M 1M"))
                    .doesNotContain("failed", "error", "verification");
            assertThat(Shell.attempt("qemu-img", "compare", "-f", "raw", "-F", "raw", image.toString(), server.uri())
                            .code())
                    .isEqualTo(1);
        }
        try (BackupDisk disk = new BackupDisk(lab.reader(backup));
                NbdServer server = serve(disk)) {
            assertThat(Shell.run("qemu-img", "compare", "-f", "raw", "-F", "raw", image.toString(), server.uri()))
                    .contains("identical");
        }
        assertThat(troubles).isEmpty();
    }

    /** What lies in the overlay's files at this moment, as it would be found if the server were gone now. */
    private byte[] foundNow(Path overlay, long at, int length) throws IOException {
        Path copy = Files.createTempDirectory(folder, "now");
        Files.copy(overlay.resolve("data"), copy.resolve("data"));
        Files.copy(overlay.resolve("map"), copy.resolve("map"));
        ByteBuffer out = ByteBuffer.allocateDirect(length);
        try (OverlayDisk disk = OverlayDisk.open(copy, new MemoryDisk(new byte[(int) SIZE]))) {
            disk.read(at, out);
        }
        byte[] bytes = new byte[length];
        out.flip().get(bytes);
        return bytes;
    }

    @Test
    void whatOneClientWroteAnotherReadsAndMakesLastAndWhatIsToLastDoesWhenItIsAnswered() throws IOException {
        Path overlay = folder.resolve("overlay");
        AtomicInteger forced = new AtomicInteger();
        byte[] bytes = noise(MIB, 9);
        byte[] zeros = new byte[64 << 10];
        try (OverlayDisk disk = OverlayDisk.open(
                        overlay,
                        new MemoryDisk(noise((int) SIZE, 8)),
                        Long.MAX_VALUE,
                        file -> forced.incrementAndGet());
                NbdServer server = serve(disk);
                OldClient a = new OldClient(folder.resolve("s"));
                OldClient b = new OldClient(folder.resolve("s"))) {
            assertThat(server.port()).isZero();
            assertThat(a.write(MIB, bytes)).isZero();
            assertThat(forced).as("nobody asked for it").hasValue(0);
            assertThat(b.read(MIB, MIB)).isEqualTo(bytes);
            assertThat(b.request(Nbd.CMD_FLUSH, 0, 0)).isZero();
            assertThat(forced).as("data and map").hasValue(2);
            assertThat(foundNow(overlay, MIB, MIB)).isEqualTo(bytes);

            assertThat(b.writeThatLasts(4L * MIB, bytes)).isZero();
            assertThat(forced).hasValue(4);
            assertThat(foundNow(overlay, 4L * MIB, MIB)).isEqualTo(bytes);
            assertThat(a.read(4L * MIB, MIB)).isEqualTo(bytes);

            assertThat(a.requestThatLasts(Nbd.CMD_WRITE_ZEROES, MIB, zeros.length))
                    .isZero();
            assertThat(forced).hasValue(6);
            assertThat(foundNow(overlay, MIB, zeros.length)).isEqualTo(zeros);
            assertThat(b.read(MIB, zeros.length)).isEqualTo(zeros);

            assertThat(a.requestThatLasts(Nbd.CMD_TRIM, 4L * MIB, zeros.length)).isZero();
            assertThat(forced).hasValue(8);
            assertThat(foundNow(overlay, 4L * MIB, zeros.length)).isEqualTo(zeros);
        }
        assertThat(troubles).isEmpty();
    }

    /** Whoever is told yes after a no would think that all is there. */
    @Test
    void aFlushThatFailedIsAnErrorForWhoeverAskedAndForAllWhoAskAfterwards() throws IOException {
        AtomicBoolean fails = new AtomicBoolean(true);
        OverlayDisk disk = OverlayDisk.open(
                folder.resolve("overlay"), new MemoryDisk(noise((int) SIZE, 8)), Long.MAX_VALUE, file -> {
                    if (fails.getAndSet(false)) {
                        throw new IOException("Input/output error");
                    }
                });
        try (NbdServer server = serve(disk);
                OldClient a = new OldClient(folder.resolve("s"));
                OldClient b = new OldClient(folder.resolve("s"))) {
            assertThat(server.port()).isZero();
            assertThat(a.write(0, noise(4096, 7))).isZero();
            assertThat(b.request(Nbd.CMD_FLUSH, 0, 0)).isEqualTo(Nbd.EIO);
            assertThat(a.request(Nbd.CMD_FLUSH, 0, 0)).isEqualTo(Nbd.EIO);
            assertThat(a.writeThatLasts(8192, noise(4096, 6))).isEqualTo(Nbd.EIO);
            assertThat(a.read(0, 4096)).as("it is still served").isEqualTo(noise(4096, 7));
            assertThat(troubles).isNotEmpty();
        } finally {
            disk.discard();
        }
    }

    /**
     * The end of what the first page of the overlay's map covers is content between holes, as the end of the second is.
     *
     * <pre>
     *   0        60  64             124 128           200 MiB
     *   |  hole  |data|     hole     |data|    hole    |
     * </pre>
     */
    @Test
    void whatIsCopiedFromAnOverlayIsTheDiskByteForByte() throws IOException {
        Path wide = folder.resolve("wide.img");
        try (FileChannel file = FileChannel.open(wide, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(noise(4 * MIB, 5)), 60L * MIB);
            file.write(ByteBuffer.wrap(noise(4 * MIB, 6)), 124L * MIB);
            file.write(ByteBuffer.allocate(1), 200L * MIB - 1);
        }
        Commit sparse = lab.backUp(wide, null);
        try (OverlayDisk disk = OverlayDisk.open(folder.resolve("over"), new BackupDisk(lab.reader(sparse)));
                NbdServer server = serve(disk)) {
            assertThat(copies(server))
                    .allMatch(copy -> Shell.run(
                                    "qemu-img", "compare", "-f", "raw", "-F", "raw", wide.toString(), copy.toString())
                            .contains("identical"));
            assertThat(Shell.run("qemu-img", "map", "-f", "raw", "--output=json", server.uri()))
                    .contains("\"start\": " + 60 * MIB + ", \"length\": " + 4 * MIB)
                    .contains("\"start\": " + 124 * MIB + ", \"length\": " + 4 * MIB);

            io(server, "write -P 0x5a 100M 100k", "write -z 61M 1M", "flush");
            try (FileChannel file = FileChannel.open(wide, StandardOpenOption.WRITE)) {
                byte[] pattern = new byte[100 << 10];
                java.util.Arrays.fill(pattern, (byte) 0x5a);
                file.write(ByteBuffer.wrap(pattern), 100L * MIB);
                file.write(ByteBuffer.allocate(MIB), 61L * MIB);
            }
            assertThat(copies(server))
                    .allMatch(copy -> Shell.run(
                                    "qemu-img", "compare", "-f", "raw", "-F", "raw", wide.toString(), copy.toString())
                            .contains("identical"));
        }
        assertThat(troubles).isEmpty();
    }

    private List<Path> copies(NbdServer server) throws IOException {
        Path byQemu = folder.resolve("qemu.img");
        Path byNbd = folder.resolve("nbd.img");
        Files.deleteIfExists(byNbd);
        Shell.run("qemu-img", "convert", "-f", "raw", "-O", "raw", server.uri(), byQemu.toString());
        Shell.run("nbdcopy", "--connections=4", "--requests=64", server.uri(), byNbd.toString());
        return List.of(byQemu, byNbd);
    }

    private static String io(NbdServer server, String... commands) {
        String[] all = new String[3 + 2 * commands.length + 1];
        all[0] = "qemu-io";
        all[1] = "-f";
        all[2] = "raw";
        for (int i = 0; i < commands.length; i++) {
            all[3 + 2 * i] = "-c";
            all[4 + 2 * i] = commands[i];
        }
        all[all.length - 1] = server.uri();
        return Shell.run(all);
    }

    @Test
    void aBackupIsNotWrittenTo() throws IOException {
        try (BackupDisk disk = new BackupDisk(lab.reader(backup));
                NbdServer server = serve(disk);
                OldClient client = new OldClient(folder.resolve("s"))) {
            assertThat(client.write(0, new byte[4096])).isEqualTo(Nbd.EPERM);
            assertThat(server.clients()).isEqualTo(1);
            assertThat(client.request(Nbd.CMD_TRIM, 0, 4096)).isEqualTo(Nbd.EPERM);
            assertThat(client.read(0, 4096)).isEqualTo(noise(4096, 1));
        }
    }

    @Test
    void aClientThatKnowsOnlySimpleAnswersIsServed() throws IOException {
        try (BackupDisk disk = new BackupDisk(lab.reader(backup));
                NbdServer server = serve(disk);
                OldClient client = new OldClient(folder.resolve("s"))) {
            assertThat(server.port()).isZero();
            assertThat(client.size).isEqualTo(SIZE);
            assertThat(client.read(MIB + 3, 3 * MIB)).isEqualTo(part(1, 9 * MIB, MIB + 3, 3 * MIB));
            assertThat(client.request(Nbd.CMD_READ, SIZE - 10, 11)).isEqualTo(Nbd.EINVAL);
            assertThat(client.request(Nbd.CMD_READ, -1, 1)).isEqualTo(Nbd.EINVAL);
            assertThat(client.request(Nbd.CMD_READ, 0, Transmission.LONGEST + 1))
                    .isEqualTo(Nbd.EINVAL);
            assertThat(client.request(Nbd.CMD_BLOCK_STATUS, 0, 4096)).isEqualTo(Nbd.EINVAL);
            assertThat(client.request(77, 0, 0)).isEqualTo(Nbd.EINVAL);
            assertThat(client.request(Nbd.CMD_FLUSH, 0, 0)).isZero();
            assertThat(client.read(0, 10)).isEqualTo(noise(10, 1));
        }
    }

    @Test
    void damageIsAnErrorAndTheRestIsRead() throws IOException {
        damageOnePack();
        try (BackupDisk disk = new BackupDisk(lab.reader(backup));
                NbdServer server = serve(disk);
                OldClient client = new OldClient(folder.resolve("s"))) {
            // Which frame of the pack holds which part of the disk is up to who was quicker: so all of the disk is
            // read.
            byte[] whole = Files.readAllBytes(image);
            int bad = 0;
            int good = 0;
            for (int at = 0; at < whole.length; at += 64 << 10) {
                int length = Math.min(64 << 10, whole.length - at);
                if (client.request(Nbd.CMD_READ, at, length) == 0) {
                    assertThat(client.data(length)).isEqualTo(Arrays.copyOfRange(whole, at, at + length));
                    good++;
                } else {
                    bad++;
                }
            }
            assertThat(bad).isPositive();
            assertThat(good).isPositive();
            assertThat(troubles).isNotEmpty();
            assertThat(Shell.attempt(
                                    "nbdcopy",
                                    server.uri(),
                                    folder.resolve("half").toString())
                            .code())
                    .isNotZero();
        }
    }

    /** A disk that promises a range and then cannot read it, as when damage comes between. */
    private static ReadableDisk breaking() {
        return new ReadableDisk() {
            private final ReadableDisk whole = new MemoryDisk(noise(MIB, 4));

            @Override
            public long size() {
                return whole.size();
            }

            @Override
            public void prepare(long position, int length) {
                // It seems to be there.
            }

            @Override
            public void read(long position, ByteBuffer dst) throws IOException {
                if (position + dst.remaining() > MIB / 2) {
                    throw new IllegalStateException("damaged meanwhile");
                }
                whole.read(position, dst);
            }

            @Override
            public void allocation(long position, long length, Pieces pieces) throws IOException {
                whole.allocation(position, length, pieces);
            }

            @Override
            public void close() {
                whole.close();
            }
        };
    }

    @Test
    void anAnswerThatCannotBeFinishedEndsTheConnectionBeforeAnotherIsTakenForItsContent() throws IOException {
        try (ReadableDisk disk = breaking();
                NbdServer server = serve(disk);
                OldClient client = new OldClient(folder.resolve("s"))) {
            client.send(OldClient.head(Nbd.CMD_READ, 0, MIB));
            client.send(OldClient.head(Nbd.CMD_READ, 0, 4096));
            assertThatThrownBy(() -> {
                        client.answer();
                        client.data(MIB);
                    })
                    .isInstanceOf(IOException.class);
            assertThat(server.port()).isZero();
            assertThat(troubles).isNotEmpty();
            assertThat(Shell.attempt(
                                    "nbdcopy",
                                    server.uri(),
                                    folder.resolve("half").toString())
                            .code())
                    .isNotZero();
        }
    }

    /** Changes a few bytes in the middle of the vault's largest object. */
    private void damageOnePack() throws IOException {
        Path largest;
        try (var all = Files.walk(folder.resolve("store").resolve("lab"))) {
            largest = all.filter(Files::isRegularFile)
                    .max(java.util.Comparator.comparingLong(
                            path -> path.toFile().length()))
                    .orElseThrow();
        }
        largest.toFile().setWritable(true);
        try (FileChannel file = FileChannel.open(largest, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}), 3L * MIB);
        }
    }

    @Test
    void rubbishEndsItsOwnConnectionOnly() throws IOException {
        try (BackupDisk disk = new BackupDisk(lab.reader(backup));
                NbdServer server = NbdServer.onPort(disk, "bench", 0, troubles::add);
                OldClient good = new OldClient(server)) {
            for (int seed = 0; seed < 20; seed++) {
                try (SocketChannel bad = connect(server)) {
                    bad.write(ByteBuffer.wrap(noise(4096, seed)));
                    assertEnds(bad);
                }
            }
            try (OldClient half = new OldClient(server)) {
                half.send(ByteBuffer.wrap(noise(28, 3)));
                assertEnds(half.socket);
            }
            try (SocketChannel greedy = connect(server)) {
                greedy.write(ByteBuffer.allocate(20)
                        .putInt(Nbd.FIXED_NEWSTYLE)
                        .putLong(Nbd.OPTION)
                        .putInt(Nbd.OPT_EXPORT_NAME)
                        .putInt(-1)
                        .flip());
                assertEnds(greedy);
            }
            assertThat(good.read(0, 4096)).isEqualTo(noise(4096, 1));
        }
        assertThat(troubles).isEmpty();
    }

    @Test
    void aFloodOfRequestsThatNobodyReadsHoldsUpOnlyItself() throws IOException {
        try (BackupDisk disk = new BackupDisk(lab.reader(backup));
                NbdServer server = NbdServer.onPort(disk, "bench", 0, troubles::add);
                OldClient flood = new OldClient(server);
                OldClient good = new OldClient(server)) {
            flood.socket.configureBlocking(false);
            ByteBuffer requests = ByteBuffer.allocate(28 * 5000);
            for (int i = 0; i < 5000; i++) {
                requests.put(OldClient.head(Nbd.CMD_READ, 0, 8 * MIB));
            }
            flood.socket.write(requests.flip());
            for (int i = 0; i < 50; i++) {
                assertThat(good.read(i * 4096L, 4096)).isEqualTo(part(1, 9 * MIB, i * 4096, 4096));
            }
        }
        assertThat(troubles).isEmpty();
    }

    @Test
    void noMoreThanSixtyFourClientsAreLetIn() throws IOException {
        List<SocketChannel> all = new CopyOnWriteArrayList<>();
        try (BackupDisk disk = new BackupDisk(lab.reader(backup));
                NbdServer server = NbdServer.onPort(disk, "bench", 0, troubles::add)) {
            for (int i = 0; i < 64; i++) {
                OldClient client = new OldClient(server);
                assertThat(client.read(0, 1)).isEqualTo(noise(1, 1));
                all.add(client.socket);
            }
            assertThat(server.clients()).isEqualTo(64);
            try (OldClient tooMany = new OldClient(server)) {
                assertEnds(tooMany.socket);
            }
        }
        for (SocketChannel client : all) {
            assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            client.close();
        }
    }

    @Test
    void aThousandThatSayNothingKeepNobodyOut() throws IOException {
        List<SocketChannel> silent = new CopyOnWriteArrayList<>();
        try (BackupDisk disk = new BackupDisk(lab.reader(backup));
                NbdServer server = NbdServer.onPort(disk, "bench", 0, troubles::add);
                OldClient before = new OldClient(server)) {
            for (int i = 0; i < 1000; i++) {
                SocketChannel client = connect(server);
                // Half of an option's head, as somebody who sends a byte now and then would have got to.
                client.write(ByteBuffer.allocate(12)
                        .putInt(Nbd.FIXED_NEWSTYLE)
                        .putLong(Nbd.OPTION)
                        .flip());
                silent.add(client);
            }
            try (OldClient good = new OldClient(server)) {
                assertThat(good.read(0, 4096)).isEqualTo(noise(4096, 1));
            }
            assertThat(before.read(0, 4096)).isEqualTo(noise(4096, 1));
            assertEnds(silent.getFirst());
            assertThat(server.clients()).isLessThanOrEqualTo(2);
        } finally {
            for (SocketChannel client : silent) {
                client.close();
            }
        }
        assertThat(troubles).isEmpty();
    }

    @Test
    void optionsThatPromiseGigabytesCostNoMemory() throws IOException {
        try (BackupDisk disk = new BackupDisk(lab.reader(backup));
                NbdServer server = NbdServer.onPort(disk, "bench", 0, troubles::add);
                SocketChannel greedy = connect(server)) {
            greedy.write(ByteBuffer.allocate(20)
                    .putInt(Nbd.FIXED_NEWSTYLE)
                    .putLong(Nbd.OPTION)
                    .putInt(Nbd.OPT_GO)
                    .putInt(-1)
                    .flip());
            ByteBuffer some = ByteBuffer.allocate(MIB);
            for (int i = 0; i < 64; i++) {
                some.clear();
                while (some.hasRemaining()) {
                    greedy.write(some);
                }
            }
            try (OldClient good = new OldClient(server)) {
                assertThat(good.read(0, 4096)).isEqualTo(noise(4096, 1));
            }
        }
        assertThat(troubles).isEmpty();
    }

    @Test
    void aPathThatIsTakenIsRefused() throws IOException {
        Files.writeString(folder.resolve("s"), "mine");
        try (BackupDisk disk = new BackupDisk(lab.reader(backup))) {
            assertThatThrownBy(() -> serve(disk)).isInstanceOf(IOException.class);
        }
        assertThat(folder.resolve("s")).hasContent("mine");
    }

    private static SocketChannel connect(NbdServer server) throws IOException {
        return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    }

    /** The server closes the connection, whatever it says before. */
    private static void assertEnds(SocketChannel client) throws IOException {
        ByteBuffer room = ByteBuffer.allocate(4096);
        try {
            while (client.read(room.clear()) >= 0) {
                assertThat(room.position()).isPositive();
            }
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    static byte[] noise(int size, long seed) {
        byte[] bytes = new byte[size];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] part(long seed, int size, int from, int length) {
        return java.util.Arrays.copyOfRange(noise(size, seed), from, from + length);
    }
}
