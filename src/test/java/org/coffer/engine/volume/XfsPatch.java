package org.coffer.engine.volume;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Changes metadata of an image by hand, and makes its checksum right again. */
final class XfsPatch {
    private XfsPatch() {}

    /** Changes the superblock of version 5. */
    static void superblock(Path image, Consumer<ByteBuffer> change) throws IOException {
        apply(image, 0, 512, 224, change);
    }

    /** Changes an inode of version 3. */
    static void inode(Path image, XfsSuper layout, long id, Consumer<ByteBuffer> change) throws IOException {
        apply(image, layout.inodePlace(id), layout.inodeSize(), XfsInode.CHECKSUM, change);
    }

    /** Changes bytes; a checksum lies at {@code sum} in them, or none if negative. */
    static void apply(Path image, long place, int length, int sum, Consumer<ByteBuffer> change) throws IOException {
        byte[] bytes = new byte[length];
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(place);
            file.readFully(bytes);
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            change.accept(buffer);
            if (sum >= 0) {
                XfsSeal.set(buffer, sum);
            }
            file.seek(place);
            file.write(bytes);
        }
    }
}
