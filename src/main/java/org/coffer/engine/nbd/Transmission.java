package org.coffer.engine.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.coffer.engine.nbd.Handshake.Terms;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection. Each is answered by a thread of its own, so that many can wait for the store at once; only
 * the content of writes is taken by the thread that reads requests, as it comes. Answers are sent one after the other from
 * one buffer: a client that does not read its answers holds up itself and no memory.
 *
 * <p>A read is prepared before its answer begins. Where the answer comes in chunks, trouble in the middle is a chunk too; where
 * it does not, the connection ends, as the protocol asks.
 */
final class Transmission {
    /** Most bytes of one read or write. */
    static final int LONGEST = 32 << 20;

    private static final int IN_FLIGHT = 64;
    private static final int PIECE = 512 << 10;
    private static final int HEAD = 20;
    private static final int EXTENTS = 8192;
    private static final int KNOWN_FLAGS = 31;

    private final Wire wire;
    private final ReadableDisk disk;
    /** The same disk, if it takes writes. */
    private final @Nullable WritableDisk writable;

    private final Terms terms;
    private final NbdServer.Watcher watcher;
    private final Semaphore inFlight = new Semaphore(IN_FLIGHT);
    private final ReentrantLock answering = new ReentrantLock();
    private final ByteBuffer out = ByteBuffer.allocateDirect(PIECE);
    /** For what is written; only the thread that reads requests uses it. */
    private @Nullable ByteBuffer in;

    private record Request(int flags, int type, long cookie, long offset, long length) {
        boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    /** @param watcher is told what went wrong with the disk, not with the client */
    Transmission(Wire wire, ReadableDisk disk, Terms terms, NbdServer.Watcher watcher) {
        this.wire = wire;
        this.disk = disk;
        this.writable = disk instanceof WritableDisk takes ? takes : null;
        this.terms = terms;
        this.watcher = watcher;
    }

    /**
     * Answers until the client takes its leave; what was asked before is answered then.
     *
     * @throws IOException if the client is gone or sends what is no request
     */
    void run() throws IOException {
        try {
            while (true) {
                if (wire.readInt() != Nbd.REQUEST) {
                    throw new IOException("this is no request");
                }
                Request request = new Request(
                        Short.toUnsignedInt(wire.readShort()),
                        Short.toUnsignedInt(wire.readShort()),
                        wire.readLong(),
                        wire.readLong(),
                        Integer.toUnsignedLong(wire.readInt()));
                if (request.type == Nbd.CMD_DISC) {
                    return;
                }
                if (request.type == Nbd.CMD_WRITE) {
                    simple(request, takeWrite(request));
                } else {
                    inFlight.acquireUninterruptibly();
                    Thread.ofVirtual().start(() -> {
                        try {
                            answerOrEnd(request);
                        } finally {
                            inFlight.release();
                        }
                    });
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            // Whoever waits to send an answer that nobody reads is not to wait for ever.
            wire.close();
            throw e;
        } finally {
            inFlight.acquireUninterruptibly(IN_FLIGHT);
        }
    }

    /**
     * Answers, or ends the connection: after an answer of which only a part was sent, the next one would be taken for its
     * content.
     */
    private void answerOrEnd(Request request) {
        boolean whole = false;
        try {
            answer(request);
            whole = true;
        } catch (IOException gone) {
            // The client left, or is sent away below: attempt() has told what was wrong with the disk.
        } finally {
            if (!whole) {
                wire.close();
            }
        }
    }

    private void answer(Request request) throws IOException {
        int wrong = check(request);
        switch (request.type) {
            case Nbd.CMD_READ -> {
                if (wrong != 0) {
                    failed(request, wrong);
                } else {
                    read(request);
                }
            }
            case Nbd.CMD_BLOCK_STATUS -> {
                if (wrong != 0) {
                    failed(request, wrong);
                } else {
                    status(request);
                }
            }
            case Nbd.CMD_FLUSH -> simple(request, wrong != 0 ? wrong : flush());
            case Nbd.CMD_TRIM, Nbd.CMD_WRITE_ZEROES -> simple(request, wrong != 0 ? wrong : zero(request));
            default -> simple(request, Nbd.EINVAL);
        }
    }

    /** The error of a request that asks for what cannot be; 0 if there is none. */
    private int check(Request request) {
        boolean writes =
                request.type == Nbd.CMD_WRITE || request.type == Nbd.CMD_TRIM || request.type == Nbd.CMD_WRITE_ZEROES;
        if ((request.flags & ~KNOWN_FLAGS) != 0) {
            return Nbd.EINVAL;
        }
        if (writes && writable == null) {
            return Nbd.EPERM;
        }
        if (request.type == Nbd.CMD_FLUSH) {
            return request.offset == 0 && request.length == 0 ? 0 : Nbd.EINVAL;
        }
        boolean inside =
                request.offset >= 0 && request.offset <= disk.size() && request.length <= disk.size() - request.offset;
        if (!inside) {
            return request.type == Nbd.CMD_WRITE || request.type == Nbd.CMD_WRITE_ZEROES ? Nbd.ENOSPC : Nbd.EINVAL;
        }
        boolean moves = request.type == Nbd.CMD_READ || request.type == Nbd.CMD_WRITE;
        return moves && request.length > LONGEST ? Nbd.EINVAL : 0;
    }

    @FunctionalInterface
    private interface Act {
        void run() throws IOException;
    }

    /** Does something to the disk; the error to answer with, or 0. */
    private int attempt(Act act) {
        try {
            act.run();
            return 0;
        } catch (NoRoomException e) {
            watcher.trouble(e);
            return Nbd.ENOSPC;
        } catch (IOException | RuntimeException e) {
            watcher.trouble(e);
            return Nbd.EIO;
        } catch (OutOfMemoryError e) {
            // A request that found no memory is one that failed; the next may find some.
            watcher.trouble(new IOException(e));
            return Nbd.EIO;
        }
    }

    /** Makes written what was before; where nothing can be written there is nothing to do. */
    private int flush() {
        WritableDisk written = writable;
        return written == null ? 0 : attempt(written::flush);
    }

    private int zero(Request request) {
        WritableDisk target = writable;
        if (target == null) {
            return Nbd.EPERM;
        }
        int wrong = attempt(() -> target.zero(request.offset, request.length));
        return wrong == 0 && request.has(Nbd.FLAG_FUA) ? flush() : wrong;
    }

    private int takeWrite(Request request) throws IOException {
        int wrong = check(request);
        WritableDisk target = writable;
        if (wrong != 0 || target == null) {
            wire.skip(request.length);
            return wrong;
        }
        ByteBuffer piece = room();
        long at = request.offset;
        long end = at + request.length;
        while (at < end && wrong == 0) {
            wire.read(piece.clear().limit((int) Math.min(piece.capacity(), end - at)));
            long here = at;
            wrong = attempt(() -> target.write(here, piece.flip()));
            at += piece.limit();
        }
        wire.skip(end - at);
        return wrong == 0 && request.has(Nbd.FLAG_FUA) ? flush() : wrong;
    }

    private ByteBuffer room() {
        ByteBuffer room = in;
        if (room == null) {
            room = ByteBuffer.allocateDirect(PIECE);
            in = room;
        }
        return room;
    }

    private void read(Request request) throws IOException {
        int wrong = attempt(() -> disk.prepare(request.offset, (int) request.length));
        if (wrong != 0) {
            failed(request, wrong);
            return;
        }
        answering.lock();
        try {
            if (!terms.structured()) {
                wire.write(simpleHead(request, 0));
                sendData(request.offset, request.offset + request.length);
            } else if (request.has(Nbd.FLAG_DF)) {
                wire.write(chunkHead(request, Nbd.CHUNK_DONE, Nbd.CHUNK_DATA, (int) (Long.BYTES + request.length))
                        .putLong(request.offset)
                        .flip());
                sendData(request.offset, request.offset + request.length);
            } else {
                sendChunks(request);
            }
        } finally {
            answering.unlock();
        }
    }

    private void sendData(long from, long to) throws IOException {
        for (long at = from; at < to; at += out.limit()) {
            long here = at;
            if (attempt(() -> disk.read(here, out.clear().limit((int) Math.min(PIECE, to - here)))) != 0) {
                throw new IOException("an answer that was begun cannot be finished");
            }
            wire.write(out.flip());
        }
    }

    private void sendChunks(Request request) throws IOException {
        long end = request.offset + request.length;
        Extents pieces = new Extents(EXTENTS);
        int wrong = request.length == 0 ? 0 : attempt(() -> disk.allocation(request.offset, request.length, pieces));
        long at = request.offset;
        for (int i = 0; i < pieces.count() && wrong == 0; i++) {
            long to = Math.min(end, at + pieces.length(i));
            wrong = pieces.reads(i) ? sendData(request, at, to, end) : sendHole(request, at, to, end);
            at = to;
        }
        if (wrong == 0 && at < end) {
            wrong = sendData(request, at, end, end);
        }
        if (wrong != 0) {
            wire.write(errorChunk(request, wrong));
        } else if (request.length == 0) {
            wire.write(chunkHead(request, Nbd.CHUNK_DONE, Nbd.CHUNK_NONE, 0).flip());
        }
    }

    private int sendData(Request request, long from, long to, long end) throws IOException {
        for (long at = from; at < to; at += out.limit()) {
            long here = at;
            int length = (int) Math.min(PIECE, to - at);
            int wrong = attempt(() -> disk.read(here, out.clear().limit(length)));
            if (wrong != 0) {
                return wrong;
            }
            int done = at + length == end ? Nbd.CHUNK_DONE : 0;
            wire.write(
                    chunkHead(request, done, Nbd.CHUNK_DATA, Long.BYTES + length)
                            .putLong(at)
                            .flip(),
                    out.flip());
        }
        return 0;
    }

    private int sendHole(Request request, long from, long to, long end) throws IOException {
        wire.write(chunkHead(request, to == end ? Nbd.CHUNK_DONE : 0, Nbd.CHUNK_HOLE, Long.BYTES + Integer.BYTES)
                .putLong(from)
                .putInt((int) (to - from))
                .flip());
        return 0;
    }

    private void status(Request request) throws IOException {
        if (!terms.allocation() || request.length == 0) {
            failed(request, Nbd.EINVAL);
            return;
        }
        Extents extents = new Extents(request.has(Nbd.FLAG_REQ_ONE) ? 1 : EXTENTS);
        int wrong = attempt(() -> disk.allocation(request.offset, request.length, extents));
        if (wrong != 0) {
            failed(request, wrong);
            return;
        }
        ByteBuffer told = extents.told();
        answering.lock();
        try {
            wire.write(
                    chunkHead(request, Nbd.CHUNK_DONE, Nbd.CHUNK_BLOCK_STATUS, Integer.BYTES + told.remaining())
                            .putInt(Handshake.CONTEXT)
                            .flip(),
                    told);
        } finally {
            answering.unlock();
        }
    }

    /** Answers a read or a question with an error, in the form that was settled. */
    private void failed(Request request, int error) throws IOException {
        if (!terms.structured()) {
            simple(request, error);
            return;
        }
        answering.lock();
        try {
            wire.write(errorChunk(request, error));
        } finally {
            answering.unlock();
        }
    }

    private void simple(Request request, int error) throws IOException {
        answering.lock();
        try {
            wire.write(simpleHead(request, error));
        } finally {
            answering.unlock();
        }
    }

    private static ByteBuffer simpleHead(Request request, int error) {
        return ByteBuffer.allocate(16)
                .putInt(Nbd.SIMPLE_REPLY)
                .putInt(error)
                .putLong(request.cookie)
                .flip();
    }

    private static ByteBuffer errorChunk(Request request, int error) {
        return chunkHead(request, Nbd.CHUNK_DONE, Nbd.CHUNK_ERROR, Integer.BYTES + Short.BYTES)
                .putInt(error)
                .putShort((short) 0)
                .flip();
    }

    /** The head of a chunk, with room for what follows it that is no content. */
    private static ByteBuffer chunkHead(Request request, int flags, int type, int length) {
        return ByteBuffer.allocate(HEAD + 2 * Long.BYTES)
                .putInt(Nbd.STRUCTURED_REPLY)
                .putShort((short) flags)
                .putShort((short) type)
                .putLong(request.cookie)
                .putInt(length);
    }
}
