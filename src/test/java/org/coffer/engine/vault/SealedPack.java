package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A small pack of data: three frames of two blocks, one of them stored as it is. */
final class SealedPack {
    static final int ENTRIES = 6;
    private static final int BLOCK = 2000;
    private static final PackId PACK = new PackId(Samples.SESSION, 5);
    static final String NAME = Names.original(ObjectType.DATA, PACK);

    private final Samples samples;
    private final byte[] object;

    SealedPack(Samples samples) {
        this.samples = samples;
        PackBuild build = new PackBuild(ObjectType.DATA, PACK, samples.core.sealing(), ByteBuffer.allocate(64 << 10));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Workbench bench = samples.core.benches().take()) {
            for (int frame = 0; frame < 3; frame++) {
                bench.gather.put(0, content(frame));
                Entries entries = new Entries();
                entries.add(frame, 1, BLOCK);
                entries.add(frame, 2, BLOCK);
                Packed packed = bench.compressBlocks(bench.gather, 0, 2 * BLOCK);
                PackBuild.Reserved place = build.reserve(entries, packed.codec(), packed.length() + Sealing.TAG);
                PackBuild.fill(place, bench, entries, packed.codec(), packed.length());
            }
            build.close();
            for (ByteBuffer part : build.finish(bench)) {
                all.writeBytes(Samples.bytes(part));
            }
        }
        this.object = all.toByteArray();
    }

    private static byte[] content(int frame) {
        byte[] content = Lab.noise(2 * BLOCK, frame);
        for (int i = 0; frame > 0 && i < content.length; i++) {
            content[i] = (byte) (content[i] & frame);
        }
        return content;
    }

    byte[] bytes() {
        return object;
    }

    /** Reads every frame: it is what was written, or damaged. */
    void readAll(PackReader.OpenPack pack) throws IOException {
        try (Workbench bench = samples.core.benches().take()) {
            for (int number = 0; number < pack.trailer().frames(); number++) {
                PackTrailer.Frame frame = pack.trailer().frame(number);
                ByteBuffer fetched = samples.core.packs().fetch(pack, frame.markEnd(), frame.stored(), bench);
                PackReader.expand(pack, frame, fetched, 0, bench, bench.gather, 0);
                byte[] plain = new byte[frame.shape().plain()];
                bench.gather.get(0, plain);
                assertThat(plain).isEqualTo(content(number));
            }
        }
    }
}
