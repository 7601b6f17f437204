package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.coffer.engine.disk.BlockSource;

/** The bytes of an open disk. */
public record SourceBytes(BlockSource disk) implements Bytes {
    @Override
    public long size() {
        return disk.size();
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        disk.read(position, into);
    }
}
