package org.coffer.engine.store.s3;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server that costs next to nothing, for measuring what a client costs by itself: it believes everybody, computes no
 * checksum, keeps objects as files in one folder, hands files to the socket inside the kernel, and answers each request some
 * time later if asked to. It knows put, get with a range, head, list and delete of one object, and nothing else; it is no
 * proof of anything but time.
 */
final class LeanServer implements AutoCloseable {
    private static final int STEP = 256 << 10;
    private static final int HEAD = 16 << 10;

    private final Path folder;
    private final Duration way;
    private final ServerSocketChannel server;
    private final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
    private final AtomicInteger files = new AtomicInteger();

    /** What lies under a name. */
    private record Stored(Path file, long size, @Nullable String sha256) {}

    private record Head(String method, String path, Map<String, String> query, Map<String, String> fields) {
        long length() {
            return Long.parseLong(fields.getOrDefault("content-length", "0"));
        }
    }

    LeanServer(Path folder, Duration way) throws IOException {
        this.folder = folder;
        this.way = way;
        this.server = ServerSocketChannel.open();
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        Thread.ofPlatform().daemon().name("lean").start(this::accept);
    }

    int port() {
        return server.socket().getLocalPort();
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                Thread.ofPlatform().daemon().name("lean-client").start(() -> serve(client));
            } catch (IOException e) {
                return; // Closed.
            }
        }
    }

    private void serve(SocketChannel client) {
        ByteBuffer in = ByteBuffer.allocateDirect(STEP).limit(0);
        try (client) {
            for (Head head = head(client, in); head != null; head = head(client, in)) {
                answer(head, client, in);
            }
        } catch (IOException e) {
            return; // The client went away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Head asked, SocketChannel client, ByteBuffer in) throws IOException, InterruptedException {
        String name = asked.path.substring(Math.min(asked.path.length(), asked.path.indexOf('/', 1) + 1));
        switch (asked.method) {
            case "PUT" -> put(asked, name, client, in);
            case "GET" -> {
                Thread.sleep(way);
                if (asked.query.containsKey("list-type")) {
                    say(client, "200 OK", "Content-Type: application/xml\r\n", list(asked.query));
                } else {
                    get(asked, objects.get(name), client);
                }
            }
            case "HEAD" -> {
                Thread.sleep(way);
                Stored there = objects.get(name);
                send(client, there == null ? "404 Not Found" : "200 OK", there == null ? "" : fields(there), 0);
            }
            case "DELETE" -> {
                Thread.sleep(way);
                objects.remove(name);
                send(client, "204 No Content", "", 0);
            }
            default -> throw new IOException(asked.method);
        }
    }

    private void put(Head asked, String name, SocketChannel client, ByteBuffer in)
            throws IOException, InterruptedException {
        Path file = folder.resolve("o" + files.incrementAndGet());
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long left = asked.length();
            while (left > 0) {
                if (!in.hasRemaining()) {
                    fill(client, in.clear());
                }
                ByteBuffer part = in.slice(in.position(), (int) Math.min(left, in.remaining()));
                in.position(in.position() + part.remaining());
                left -= part.remaining();
                while (part.hasRemaining()) {
                    out.write(part);
                }
            }
        }
        Thread.sleep(way);
        Stored stored = new Stored(file, asked.length(), asked.fields.get(Answers.SHA256));
        boolean taken = objects.putIfAbsent(name, stored) != null;
        send(client, taken ? "412 Precondition Failed" : "200 OK", taken ? "" : "ETag: \"x\"\r\n", 0);
    }

    private static void get(Head asked, @Nullable Stored there, SocketChannel client) throws IOException {
        if (there == null) {
            say(client, "404 Not Found", "", "<Error><Code>NoSuchKey</Code></Error>");
            return;
        }
        String range = asked.fields.get("range");
        long from = 0;
        long to = there.size;
        if (range != null) {
            String[] ends = range.substring("bytes=".length()).split("-", -1);
            from = ends[0].isEmpty() ? Math.max(0, there.size - Long.parseLong(ends[1])) : Long.parseLong(ends[0]);
            to = ends[0].isEmpty() || ends[1].isEmpty()
                    ? there.size
                    : Math.min(there.size, Long.parseLong(ends[1]) + 1);
            send(
                    client,
                    "206 Partial Content",
                    "Content-Range: bytes " + from + "-" + (to - 1) + "/" + there.size + "\r\n" + fields(there),
                    to - from);
        } else {
            send(client, "200 OK", fields(there), to);
        }
        try (FileChannel file = FileChannel.open(there.file)) {
            while (from < to) {
                from += file.transferTo(from, to - from, client);
            }
        }
    }

    private static String fields(Stored there) {
        return there.sha256 == null ? "" : Answers.SHA256 + ": " + there.sha256 + "\r\n";
    }

    private String list(Map<String, String> query) {
        String prefix = query.getOrDefault("prefix", "");
        String delimiter = query.getOrDefault("delimiter", "");
        StringBuilder text = new StringBuilder("<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated>");
        TreeSet<String> folders = new TreeSet<>();
        objects.tailMap(prefix).forEach((name, stored) -> {
            int end = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
            if (!name.startsWith(prefix)) {
                return;
            }
            if (end >= 0) {
                folders.add(name.substring(0, end + 1));
            } else {
                text.append("<Contents><Key>").append(name).append("</Key>");
                text.append("<LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>x</ETag><Size>");
                text.append(stored.size).append("</Size></Contents>");
            }
        });
        folders.forEach(
                name -> text.append("<CommonPrefixes><Prefix>").append(name).append("</Prefix></CommonPrefixes>"));
        return text.append("</ListBucketResult>").toString();
    }

    private static void say(SocketChannel client, String status, String fields, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        send(client, status, fields, bytes.length);
        write(client, ByteBuffer.wrap(bytes));
    }

    private static void send(SocketChannel client, String status, String fields, long length) throws IOException {
        String size = status.startsWith("204") ? "" : "Content-Length: " + length + "\r\n";
        String head = "HTTP/1.1 " + status + "\r\n" + fields + size + "\r\n";
        write(client, ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static void write(SocketChannel client, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    private static void fill(SocketChannel client, ByteBuffer in) throws IOException {
        if (client.read(in) < 0) {
            throw new EOFException();
        }
        in.flip();
    }

    private static @Nullable Head head(SocketChannel client, ByteBuffer in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.length() < 4 || !text.substring(text.length() - 4).equals("\r\n\r\n")) {
            if (!in.hasRemaining()) {
                try {
                    fill(client, in.clear());
                } catch (EOFException e) {
                    return null;
                }
            }
            text.append((char) in.get());
            if (text.length() > HEAD) {
                throw new IOException("a head without an end");
            }
        }
        String[] lines = text.toString().split("\r\n", -1);
        String[] first = lines[0].split(" ", -1);
        Map<String, String> fields = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                fields.put(
                        lines[i].substring(0, colon).toLowerCase(java.util.Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        int mark = first[1].indexOf('?');
        Map<String, String> query = new HashMap<>();
        if (mark >= 0) {
            for (String pair : first[1].substring(mark + 1).split("&", -1)) {
                int equal = pair.indexOf('=');
                query.put(
                        plain(equal < 0 ? pair : pair.substring(0, equal)),
                        equal < 0 ? "" : plain(pair.substring(equal + 1)));
            }
        }
        return new Head(first[0], plain(mark < 0 ? first[1] : first[1].substring(0, mark)), query, fields);
    }

    private static String plain(String encoded) {
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
