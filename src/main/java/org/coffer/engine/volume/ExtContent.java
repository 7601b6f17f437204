package org.coffer.engine.volume;

import java.io.IOException;

/** What a map of blocks leads to: the content of a file, a folder, a link or a journal. */
final class ExtContent extends PiecesContent {
    private final int blockSize;
    private final ExtMap map;
    private final String what;

    /** A content of {@code size} bytes; {@code what} names it for troubles. */
    ExtContent(Bytes volume, int blockSize, ExtMap map, long size, String what) {
        super(volume, size);
        this.blockSize = blockSize;
        this.map = map;
        this.what = what;
    }

    @Override
    Piece at(long position) throws IOException {
        ExtMap.Run run = map.at(position / blockSize);
        long to = run.to() > Long.MAX_VALUE / blockSize ? Long.MAX_VALUE : run.to() * blockSize;
        return new Piece(to, run.isHole() ? HOLE : run.place() * blockSize + (position - run.from() * blockSize));
    }

    @Override
    RuntimeException broken() {
        return Trouble.broken(what);
    }
}
