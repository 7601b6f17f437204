package org.coffer.engine.volume;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;

/** A real NTFS, made by mkfs.ntfs and filled through ntfs-3g; as bytes that count how many of them were read. Needs root. */
final class NtfsImage implements Bytes, AutoCloseable {
    final AtomicLong read = new AtomicLong();
    final Path file;
    private final FileChannel channel;

    private NtfsImage(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Makes an empty one. */
    static NtfsImage make(Path folder, long size, String... options) throws IOException {
        Path file = Files.createTempFile(folder, "ntfs", ".img");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), size - 1);
        }
        List<String> command = new ArrayList<>(List.of("mkfs.ntfs", "-F", "-Q", "-q"));
        command.addAll(List.of(options));
        command.add(file.toString());
        Shell.run(command.toArray(String[]::new));
        return new NtfsImage(file);
    }

    /**
     * Mounts it and runs a shell script in its root. The script is a file, because a command's words would be written in the encoding
     * of the place.
     */
    void fill(String mountOptions, String script) throws IOException {
        Path point = Files.createTempDirectory("ntfs");
        Path commands = Files.createTempFile("ntfs", ".sh");
        Files.writeString(commands, "set -e\ncd " + point + "\n" + script, StandardCharsets.UTF_8);
        try (LoopDevice loop = LoopDevice.attach(file)) {
            Shell.run("ntfs-3g", "-o", mountOptions, loop.path().toString(), point.toString());
            try {
                Shell.run("bash", commands.toString());
            } finally {
                Shell.run("umount", point.toString());
            }
        } finally {
            Files.delete(commands);
            Files.delete(point);
        }
    }

    /** Changes what a file record holds. */
    void patch(long record, Consumer<ByteBuffer> change) throws IOException {
        NtfsBoot boot = NtfsBoot.of(this);
        // The first records of the table lie in one run.
        long position = boot.mft() * boot.cluster() + NtfsReference.number(record) * boot.record();
        ByteBuffer bytes = ByteBuffer.allocate(boot.record()).order(ByteOrder.LITTLE_ENDIAN);
        read(position, bytes);
        change.accept(bytes.flip());
        channel.write(bytes.rewind(), position);
    }

    FileSystem open() throws IOException {
        return NtfsVolume.open(this);
    }

    @Override
    public long size() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        read.addAndGet(into.remaining());
        while (into.hasRemaining()) {
            int count = channel.read(into, position);
            if (count < 0) {
                throw new IndexOutOfBoundsException();
            }
            position += count;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.delete(file);
    }

    /** All names of a folder, in order. */
    static Map<String, Name> names(FileSystem files, Node folder) throws IOException {
        Map<String, Name> names = new LinkedHashMap<>();
        files.names(folder, name -> names.put(name.text(), name) == null);
        return names;
    }

    /** The node at a way from the root. */
    static Node at(FileSystem files, String... way) throws IOException {
        Node node = files.root();
        for (String step : way) {
            node = files.node(name(files, node, step));
        }
        return node;
    }

    /** A name in a folder. */
    static Name name(FileSystem files, Node folder, String text) throws IOException {
        return Optional.ofNullable(names(files, folder).get(text)).orElseThrow(() -> new AssertionError("no " + text));
    }

    /** A whole content. */
    static byte[] bytes(FileContent content) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(content.size()));
        content.read(0, bytes);
        return bytes.array();
    }
}
