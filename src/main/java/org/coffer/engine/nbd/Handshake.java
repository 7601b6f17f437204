package org.coffer.engine.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What client and server settle before the first request: the newstyle handshake, fixed. There is one export; it answers to
 * its name and to the empty one.
 */
final class Handshake {
    /** A name may have 4096 bytes; a list of contexts is longer, and no honest one as long as this. */
    private static final int LONGEST_OPTION = 64 << 10;
    /** Options that say nothing new end the patience with a client. */
    private static final int MOST_OPTIONS = 256;

    /** The number of the one context. */
    static final int CONTEXT = 1;

    private static final int PREFERRED_BLOCK = 64 << 10;
    private static final int ZEROES = 124;

    private final Wire wire;
    private final ReadableDisk disk;
    private final String name;
    private boolean zeroes = true;
    private boolean structured;
    private boolean allocation;

    /** What was settled. */
    record Terms(boolean structured, boolean allocation) {}

    Handshake(Wire wire, ReadableDisk disk, String name) {
        this.wire = wire;
        this.disk = disk;
        this.name = name;
    }

    /**
     * Talks until requests may come.
     *
     * @return false if the client wants nothing more
     * @throws IOException if it is gone, or does not keep to the protocol
     */
    boolean run() throws IOException {
        wire.write(ByteBuffer.allocate(18)
                .putLong(Nbd.MAGIC)
                .putLong(Nbd.OPTION)
                .putShort((short) (Nbd.FIXED_NEWSTYLE | Nbd.NO_ZEROES))
                .flip());
        int client = wire.readInt();
        if ((client & ~(Nbd.FIXED_NEWSTYLE | Nbd.NO_ZEROES)) != 0 || (client & Nbd.FIXED_NEWSTYLE) == 0) {
            throw new IOException("the client speaks another handshake: " + client);
        }
        zeroes = (client & Nbd.NO_ZEROES) == 0;
        for (int i = 0; i < MOST_OPTIONS; i++) {
            if (wire.readLong() != Nbd.OPTION) {
                throw new IOException("this is no option");
            }
            int option = wire.readInt();
            long length = Integer.toUnsignedLong(wire.readInt());
            if (length > LONGEST_OPTION) {
                if (option == Nbd.OPT_EXPORT_NAME) {
                    throw new IOException("a name of " + length + " bytes");
                }
                wire.skip(length);
                reply(option, Nbd.REP_ERR_TOO_BIG);
                continue;
            }
            ByteBuffer data = ByteBuffer.wrap(wire.readBytes((int) length));
            switch (option) {
                case Nbd.OPT_EXPORT_NAME -> {
                    exportName(data);
                    return true;
                }
                case Nbd.OPT_ABORT -> {
                    reply(option, Nbd.REP_ACK);
                    return false;
                }
                case Nbd.OPT_GO, Nbd.OPT_INFO -> {
                    if (info(option, data) && option == Nbd.OPT_GO) {
                        return true;
                    }
                }
                case Nbd.OPT_LIST -> list(option, data);
                case Nbd.OPT_STRUCTURED_REPLY -> structured(option, data);
                case Nbd.OPT_LIST_META_CONTEXT, Nbd.OPT_SET_META_CONTEXT -> contexts(option, data);
                default -> reply(option, Nbd.REP_ERR_UNSUP);
            }
        }
        throw new IOException("too many options");
    }

    Terms terms() {
        return new Terms(structured, allocation);
    }

    private boolean isOurs(String asked) {
        return asked.isEmpty() || asked.equals(name);
    }

    private void exportName(ByteBuffer data) throws IOException {
        String asked = text(data, data.remaining());
        if (!isOurs(asked)) {
            throw new IOException("no such export");
        }
        // Contexts are only settled for who ends with GO.
        allocation = false;
        ByteBuffer answer = ByteBuffer.allocate(10 + (zeroes ? ZEROES : 0)).putLong(disk.size());
        wire.write(answer.putShort((short) flags()).rewind());
    }

    private int flags() {
        int flags = Nbd.HAS_FLAGS | Nbd.SEND_FLUSH | Nbd.CAN_MULTI_CONN | (structured ? Nbd.SEND_DF : 0);
        return disk instanceof WritableDisk
                ? flags | Nbd.SEND_FUA | Nbd.SEND_TRIM | Nbd.SEND_WRITE_ZEROES | Nbd.SEND_FAST_ZERO
                : flags | Nbd.READ_ONLY;
    }

    /** Answers INFO and GO; true if the export is ours. */
    private boolean info(int option, ByteBuffer data) throws IOException {
        String asked;
        List<Integer> wanted = new ArrayList<>();
        if (data.remaining() < 6 || Integer.toUnsignedLong(data.getInt(0)) > data.remaining() - 6) {
            reply(option, Nbd.REP_ERR_INVALID);
            return false;
        }
        asked = text(data, data.getInt());
        int count = Short.toUnsignedInt(data.getShort());
        if (data.remaining() != 2 * count) {
            reply(option, Nbd.REP_ERR_INVALID);
            return false;
        }
        for (int i = 0; i < count; i++) {
            wanted.add(Short.toUnsignedInt(data.getShort()));
        }
        if (!isOurs(asked)) {
            reply(option, Nbd.REP_ERR_UNKNOWN);
            return false;
        }
        reply(
                option,
                Nbd.REP_INFO,
                ByteBuffer.allocate(12)
                        .putShort((short) Nbd.INFO_EXPORT)
                        .putLong(disk.size())
                        .putShort((short) flags())
                        .flip());
        if (wanted.contains(Nbd.INFO_NAME)) {
            byte[] own = name.getBytes(StandardCharsets.UTF_8);
            reply(
                    option,
                    Nbd.REP_INFO,
                    ByteBuffer.allocate(2 + own.length)
                            .putShort((short) Nbd.INFO_NAME)
                            .put(own)
                            .flip());
        }
        reply(
                option,
                Nbd.REP_INFO,
                ByteBuffer.allocate(14)
                        .putShort((short) Nbd.INFO_BLOCK_SIZE)
                        .putInt(1)
                        .putInt(PREFERRED_BLOCK)
                        .putInt(Transmission.LONGEST)
                        .flip());
        reply(option, Nbd.REP_ACK);
        return true;
    }

    private void list(int option, ByteBuffer data) throws IOException {
        if (data.hasRemaining()) {
            reply(option, Nbd.REP_ERR_INVALID);
            return;
        }
        byte[] own = name.getBytes(StandardCharsets.UTF_8);
        reply(
                option,
                Nbd.REP_SERVER,
                ByteBuffer.allocate(4 + own.length).putInt(own.length).put(own).flip());
        reply(option, Nbd.REP_ACK);
    }

    private void structured(int option, ByteBuffer data) throws IOException {
        if (data.hasRemaining()) {
            reply(option, Nbd.REP_ERR_INVALID);
            return;
        }
        structured = true;
        reply(option, Nbd.REP_ACK);
    }

    private void contexts(int option, ByteBuffer data) throws IOException {
        boolean set = option == Nbd.OPT_SET_META_CONTEXT;
        if (set) {
            allocation = false;
        }
        if (!structured) {
            reply(option, Nbd.REP_ERR_INVALID);
            return;
        }
        if (data.remaining() < 8 || Integer.toUnsignedLong(data.getInt(0)) > data.remaining() - 8) {
            reply(option, Nbd.REP_ERR_INVALID);
            return;
        }
        String asked = text(data, data.getInt());
        long queries = Integer.toUnsignedLong(data.getInt());
        boolean found = queries == 0 && !set;
        for (long i = 0; i < queries; i++) {
            if (data.remaining() < 4 || Integer.toUnsignedLong(data.getInt(data.position())) > data.remaining() - 4) {
                reply(option, Nbd.REP_ERR_INVALID);
                return;
            }
            String query = text(data, data.getInt());
            found |= query.equals(Nbd.ALLOCATION) || (!set && query.equals("base:"));
        }
        if (data.hasRemaining()) {
            reply(option, Nbd.REP_ERR_INVALID);
            return;
        }
        if (!isOurs(asked)) {
            reply(option, Nbd.REP_ERR_UNKNOWN);
            return;
        }
        if (found) {
            byte[] own = Nbd.ALLOCATION.getBytes(StandardCharsets.US_ASCII);
            reply(
                    option,
                    Nbd.REP_META_CONTEXT,
                    ByteBuffer.allocate(4 + own.length)
                            .putInt(set ? CONTEXT : 0)
                            .put(own)
                            .flip());
            allocation |= set;
        }
        reply(option, Nbd.REP_ACK);
    }

    private static String text(ByteBuffer data, int length) {
        byte[] bytes = new byte[length];
        data.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void reply(int option, int type) throws IOException {
        reply(option, type, ByteBuffer.allocate(0));
    }

    private void reply(int option, int type, ByteBuffer data) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(20)
                .putLong(Nbd.OPTION_REPLY)
                .putInt(option)
                .putInt(type)
                .putInt(data.remaining());
        wire.write(head.flip(), data);
    }
}
