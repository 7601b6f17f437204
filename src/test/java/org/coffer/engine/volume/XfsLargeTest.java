package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of very many names; needs root. */
class XfsLargeTest {
    @TempDir
    private Path folder;

    @Test
    void twentyThousandNamesAreOnePass() throws IOException {
        list(20_000);
    }

    @Test
    @Tag("long")
    void twoHundredThousandNamesAreOnePass() throws IOException {
        list(200_000);
    }

    /** Names cost their folder's blocks, and nodes cost their inodes, not much more: no piece is read again and again. */
    private void list(int count) throws IOException {
        XfsImage image = XfsImage.make(folder, "-i maxpct=90");
        image.fill("seq -f 'name-%06.0f' " + count + " | xargs touch");
        try (XfsImage.Image bytes = image.open()) {
            AtomicLong read = new AtomicLong();
            Xfs files = Xfs.open(counted(bytes, read));
            Node root = files.root();
            Set<String> names = new HashSet<>();
            files.names(root, name -> names.add(name.text()));
            assertThat(names).hasSize(count).contains("name-000001", "name-%06d".formatted(count));
            assertThat(read.get()).isLessThan(count * 100L);
            read.set(0);
            files.names(root, name -> files.node(name).links() == 1);
            assertThat(read.get()).isBetween(count * 512L, count * 800L);
        }
    }

    private static Bytes counted(Bytes bytes, AtomicLong read) {
        return new Bytes() {
            @Override
            public long size() {
                return bytes.size();
            }

            @Override
            public void read(long position, ByteBuffer into) throws IOException {
                read.addAndGet(into.remaining());
                bytes.read(position, into);
            }
        };
    }
}
