package org.coffer.console.opened;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.coffer.engine.nbd.ReadableDisk;
import org.coffer.engine.volume.Bytes;

/** An open disk as those who look for volumes read it, with all that was written to it. */
record DiskBytes(ReadableDisk disk) implements Bytes {
    @Override
    public long size() {
        return disk.size();
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        Objects.checkFromIndexSize(position, into.remaining(), size());
        disk.read(position, into);
    }
}
