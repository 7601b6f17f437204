package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.coffer.engine.disk.Extent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An XFS as the kernel writes it, read without the kernel; needs root. */
class XfsTest {
    /** Names, kinds, times, owners, links, sizes of folders; small and large contents, with holes. */
    private static final String TREE = """
            mkdir '文件' 文件/深 few block leaf node
            echo 你好 > '文件/深/你好，世界.txt'
            echo long > "$(printf 'x%.0s' {1..255})"
            echo long > "$(printf '名%.0s' {1..85})"
            echo odd > "$(printf 'bad-\\xff\\xfe-end')"
            touch few/{1..5}
            touch block/name-{1..30}
            touch leaf/name-{1..1000}
            (cd node; seq -f 'a-longer-name-for-a-node-%06.0f' 5000 | xargs touch)
            rm node/a-longer-name-for-a-node-00[1-3]*
            ln -s ../few few/link
            ln -s "$(printf 'far/%.0s' {1..255})" remote
            ln few/1 few/again
            ln few/1 other
            mknod few/null c 1 3
            mkfifo few/pipe
            head -c 3000000 /dev/urandom > large
            truncate -s 10G huge
            printf x | dd of=huge bs=1 seek=9999999999 conv=notrunc status=none
            touch -d '2001-02-03 04:05:06.123456789 UTC' few/2
            touch -d '1905-01-01 00:00:00 UTC' few/3
            touch -a -d '2020-05-05 05:05:05.987654321 UTC' few/4
            chown 3000000000:70000 few/2
            chmod 6755 few/2
            chmod 1777 leaf
            rm huge
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-L /data -m bigtime=1",
                "-m bigtime=0 -b size=1k -i size=512",
                "-n size=64k -i size=2048 -m reflink=1,rmapbt=1",
                "-i nrext64=1,sparse=1 -d agcount=3 -s size=4096"
            })
    void allThatTheKernelShowsIsRead(String options) throws IOException {
        XfsImage image = XfsImage.make(folder, options);
        image.fill(TREE);
        if (!options.contains("bigtime=0")) {
            image.fill("touch -d '2300-01-01 00:00:00.000000001 UTC' few/5");
        }
        Map<String, String> truth = image.truth();
        assertThat(truth).hasSizeGreaterThan(3000);
        try (XfsImage.Image bytes = image.open()) {
            FileSystem files = Volumes.open(bytes, Volumes.of(bytes).getFirst());
            assertThat(XfsWalk.of(files)).isEqualTo(truth);
            assertThat(files.format()).isEqualTo("xfs");
            assertThat(files.label()).isEqualTo(options.contains("-L") ? "/data" : "");
        }
    }

    @Test
    void whatWasNeverWrittenIsAHole() throws IOException {
        XfsImage image = XfsImage.make(folder, "");
        image.fill("""
                fallocate -l 1M kept
                yes | head -c 8192 | dd of=kept bs=4096 seek=16 conv=notrunc status=none
                truncate -s 100M sparse
                yes | head -c 4096 | dd of=sparse bs=4096 seek=1000 conv=notrunc status=none
                yes | head -c 100 | dd of=sparse bs=4096 seek=20000 conv=notrunc status=none
                """);
        Map<String, String> truth = image.truth();
        try (XfsImage.Image bytes = image.open()) {
            FileSystem files = Xfs.open(bytes);
            assertThat(content(files, "kept").data(0, 1 << 20)).containsExactly(new Extent(65536, 73728));
            FileContent sparse = content(files, "sparse");
            assertThat(sparse.data(0, sparse.size()))
                    .containsExactly(new Extent(4096000, 4100096), new Extent(81920000, 81924096));
            assertThat(sparse.data(4096001, 4096002)).containsExactly(new Extent(4096001, 4096002));
            assertThat(sparse.data(0, 4096000)).isEmpty();
            assertThat(truth.get("kept")).endsWith(XfsWalk.sum(content(files, "kept")));
        }
    }

    @Test
    void aFileInThousandsOfPiecesIsRead() throws IOException {
        XfsImage image = XfsImage.make(folder, "-b size=1k");
        image.fill("""
                head -c 8M /dev/urandom > pieces
                for i in {0..4000}; do echo "fpunch $((i * 2048)) 1024"; done > /tmp/coffer-punch-$$
                xfs_io pieces < /tmp/coffer-punch-$$ > /dev/null
                rm /tmp/coffer-punch-$$
                """);
        Map<String, String> truth = image.truth();
        try (XfsImage.Image bytes = image.open()) {
            FileSystem files = Xfs.open(bytes);
            FileContent pieces = content(files, "pieces");
            assertThat(truth.get("pieces")).endsWith(XfsWalk.sum(pieces));
            List<Extent> data = pieces.data(0, pieces.size());
            assertThat(data).hasSizeGreaterThan(4000);
            assertThat(pieces.data(1024 * 3, 1024 * 6)).containsExactly(data.get(1), data.get(2));
        }
    }

    private static FileContent content(FileSystem files, String wanted) throws IOException {
        return files.open(find(files, wanted));
    }

    private static Node find(FileSystem files, String wanted) throws IOException {
        Name[] found = new Name[1];
        files.names(files.root(), name -> {
            found[0] = name;
            return !name.text().equals(wanted);
        });
        assertThat(found[0].text()).isEqualTo(wanted);
        return files.node(found[0]);
    }
}
