package org.coffer.engine.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that keep to the form of the protocol and to nothing else, at a disk with an overlay. */
@Timeout(120)
class NbdHostileTest {
    private static final int SIZE = 1_000_123;
    /** Longer writes than this are not tried: their content has to be sent in any case. */
    private static final int LONG = 200_000;

    private static final int[] TYPES = {
        Nbd.CMD_READ,
        Nbd.CMD_WRITE,
        Nbd.CMD_FLUSH,
        Nbd.CMD_TRIM,
        Nbd.CMD_WRITE_ZEROES,
        Nbd.CMD_BLOCK_STATUS,
        5,
        8,
        0xffff
    };
    private static final int[] FLAGS = {0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 0x8000};
    private static final int KNOWN_FLAGS = 31;

    @TempDir
    private Path folder;

    private final List<Exception> troubles = new CopyOnWriteArrayList<>();
    private final byte[] model = noise(SIZE, 1);
    private OverlayDisk disk;
    private NbdServer server;

    @BeforeEach
    void serve() throws IOException {
        disk = OverlayDisk.open(folder, new MemoryDisk(model.clone()));
        server = NbdServer.onPort(disk, "bench", 0, troubles::add);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        disk.close();
    }

    @Test
    void whateverIsAskedForIsDoneAsToAnArrayOrRefusedAndNothingElse() throws IOException {
        ask(5, 600);
    }

    @Test
    @Tag("long")
    @Timeout(1_800)
    void tensOfThousandsOfRequestsAreDoneAsToAnArrayOrRefused() throws IOException {
        ask(100, 2_000);
    }

    private void ask(int clients, int requests) throws IOException {
        for (int seed = 0; seed < clients; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            try (OldClient client = new OldClient(server)) {
                for (int i = 0; i < requests; i++) {
                    request(client, random, "client " + seed + ", request " + i);
                }
                assertThat(client.read(0, SIZE)).isEqualTo(model);
            }
        }
        assertThat(troubles).isEmpty();
    }

    private void request(OldClient client, SplittableRandom random, String which) throws IOException {
        int type = TYPES[random.nextInt(TYPES.length)];
        int flags = FLAGS[random.nextInt(FLAGS.length)];
        long offset = switch (random.nextInt(8)) {
            case 0 -> SIZE - random.nextInt(3);
            case 1 -> SIZE + random.nextInt(10_000);
            case 2 -> random.nextLong();
            case 3 -> 0;
            default -> random.nextInt(SIZE);
        };
        int length = switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> type == Nbd.CMD_WRITE ? 1 : random.nextInt();
            case 2 -> type == Nbd.CMD_WRITE ? 4096 : Transmission.LONGEST + random.nextInt(3);
            case 3 -> random.nextInt(LONG);
            default -> random.nextInt(9_000);
        };
        byte[] content = type == Nbd.CMD_WRITE ? noise(length, random.nextLong()) : new byte[0];
        client.send(ByteBuffer.allocate(28 + content.length)
                .put(OldClient.head(flags, type, offset, length))
                .put(content)
                .flip());

        int error = client.answer();

        assertThat(error == 0)
                .as("%s: type %d, flags %d, %d bytes at %d: error %d", which, type, flags, length, offset, error)
                .isEqualTo(isPossible(type, flags, offset, Integer.toUnsignedLong(length)));
        if (error != 0) {
            return;
        }
        int at = (int) offset;
        switch (type) {
            case Nbd.CMD_READ ->
                assertThat(client.data(length)).as(which).isEqualTo(Arrays.copyOfRange(model, at, at + length));
            case Nbd.CMD_WRITE -> System.arraycopy(content, 0, model, at, length);
            case Nbd.CMD_TRIM, Nbd.CMD_WRITE_ZEROES -> Arrays.fill(model, at, at + length, (byte) 0);
            default -> {}
        }
    }

    private static boolean isPossible(int type, int flags, long offset, long length) {
        boolean inside = offset >= 0 && offset <= SIZE && length <= SIZE - offset;
        return (flags & ~KNOWN_FLAGS) == 0
                && switch (type) {
                    case Nbd.CMD_READ, Nbd.CMD_WRITE, Nbd.CMD_TRIM, Nbd.CMD_WRITE_ZEROES -> inside;
                    case Nbd.CMD_FLUSH -> offset == 0 && length == 0;
                    default -> false; // Also what was not settled before.
                };
    }

    @Test
    void whateverOptionsAreSentEachIsAnsweredInItsFormOrTheConnectionEnds() throws IOException {
        options(400);
    }

    @Test
    @Tag("long")
    @Timeout(1_800)
    void tensOfThousandsOfHandshakesAreAnsweredOrEnd() throws IOException {
        options(20_000);
    }

    private void options(int clients) throws IOException {
        int ended = 0;
        int answers = 0;
        for (int seed = 0; seed < clients; seed++) {
            try (SocketChannel client =
                    SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))) {
                receive(client, 18);
                send(client, ByteBuffer.allocate(4).putInt(Nbd.FIXED_NEWSTYLE | Nbd.NO_ZEROES));
                answers += settle(client, new SplittableRandom(seed));
            } catch (EOFException end) {
                ended++;
            }
        }
        assertThat(ended).as("connections that the server ended").isGreaterThan(clients / 20);
        assertThat(answers).isGreaterThan(clients);
        try (OldClient good = new OldClient(server)) {
            assertThat(good.read(0, SIZE)).isEqualTo(model);
        }
        assertThat(troubles).isEmpty();
    }

    /** Sends options until one of them ends the handshake; how many answers there were. */
    private static int settle(SocketChannel client, SplittableRandom random) throws IOException {
        for (int answers = 0; answers < 30; answers++) {
            int option = random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(12);
            ByteBuffer data = data(random);
            send(
                    client,
                    ByteBuffer.allocate(16 + data.capacity())
                            .putLong(Nbd.OPTION)
                            .putInt(option)
                            .putInt(data.capacity())
                            .put(data.clear()));
            if (option == Nbd.OPT_EXPORT_NAME) {
                assertThat(receive(client, 10).getLong()).isEqualTo(SIZE);
                return answers + 1;
            }
            int type;
            do {
                ByteBuffer answer = receive(client, 20);
                assertThat(answer.getLong()).isEqualTo(Nbd.OPTION_REPLY);
                assertThat(answer.getInt()).as("the option that it answers").isEqualTo(option);
                type = answer.getInt();
                int length = answer.getInt();
                assertThat(length).isBetween(0, 100);
                receive(client, length);
            } while (type == Nbd.REP_INFO || type == Nbd.REP_SERVER || type == Nbd.REP_META_CONTEXT);
            assertThat(type == Nbd.REP_ACK || type < 0).as("answer %x", type).isTrue();
            if (type == Nbd.REP_ACK && (option == Nbd.OPT_GO || option == Nbd.OPT_ABORT)) {
                return answers + 1;
            }
        }
        return 30;
    }

    /** Something like a name, a number and what belongs to it; or noise. */
    private static ByteBuffer data(SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            return ByteBuffer.wrap(noise(random.nextInt(200), random.nextLong()))
                    .position(0);
        }
        String name = random.nextBoolean() ? "" : random.nextBoolean() ? "bench" : "another";
        byte[] bytes = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        int claimed = random.nextInt(8) == 0 ? random.nextInt() : bytes.length;
        byte[] rest =
                random.nextBoolean() ? new byte[random.nextInt(3) * 2] : noise(random.nextInt(20), random.nextLong());
        return ByteBuffer.allocate(4 + bytes.length + rest.length)
                .putInt(claimed)
                .put(bytes)
                .put(rest);
    }

    private static void send(SocketChannel client, ByteBuffer bytes) throws IOException {
        bytes.clear();
        try {
            while (bytes.hasRemaining()) {
                client.write(bytes);
            }
        } catch (IOException gone) {
            throw new EOFException(gone.getMessage());
        }
    }

    private static ByteBuffer receive(SocketChannel client, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            int read;
            try {
                read = client.read(bytes);
            } catch (IOException gone) {
                throw new EOFException(gone.getMessage());
            }
            if (read < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }

    /** A write that finds no memory while answers wait that nobody reads: neither it nor they hold a place for ever. */
    @Test
    void aDiskThatFindsNoMemoryIsAnErrorOfTheRequestOnly() throws IOException {
        WritableDisk poor = new Poor(disk);
        try (NbdServer second = NbdServer.onPort(poor, "poor", 0, troubles::add);
                OldClient client = new OldClient(second)) {
            assertThat(client.write(0, new byte[10])).isEqualTo(Nbd.EIO);
            assertThat(client.read(0, SIZE)).isEqualTo(model);
        }
        assertThat(troubles).singleElement().satisfies(why -> assertThat(why).hasMessageContaining("no memory"));
    }

    /** Finds no memory for what is written. */
    private record Poor(OverlayDisk disk) implements WritableDisk {
        @Override
        public void write(long position, ByteBuffer src) {
            throw new OutOfMemoryError("no memory");
        }

        @Override
        public void zero(long position, long length) throws IOException {
            disk.zero(position, length);
        }

        @Override
        public void flush() throws IOException {
            disk.flush();
        }

        @Override
        public long size() {
            return disk.size();
        }

        @Override
        public void prepare(long position, int length) throws IOException {
            disk.prepare(position, length);
        }

        @Override
        public void read(long position, ByteBuffer dst) throws IOException {
            disk.read(position, dst);
        }

        @Override
        public void allocation(long position, long length, Pieces pieces) throws IOException {
            disk.allocation(position, length, pieces);
        }

        @Override
        public void close() {
            // The one below is closed by who opened it.
        }
    }

    private static byte[] noise(int size, long seed) {
        byte[] bytes = new byte[size];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }
}
