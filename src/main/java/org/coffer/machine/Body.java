package org.coffer.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What takes a disk's place at a moment: this very file, this very device. It stays the same whatever is written to it, and is another
 * once somebody put another file or device there, also one of the same name and size. A value that can be kept as {@link #text}.
 *
 * <p>A file goes by the moment at which it was made, and only where that is not known by its number: FAT gives files other numbers every
 * time they are looked for. A device goes by the number that the kernel counts up with each one that is attached, which means nothing
 * after the next start of the computer; one that has a serial number is told apart by its {@linkplain FoundDisk#identity identity}
 * already, and has no body of its own.
 *
 * @param kind what it is
 * @param scope within which {@code number} means something: the start of the computer for a device; else empty
 * @param number of the file or device
 * @param made when the file was made, nanoseconds since 1970 modulo 2<sup>64</sup>; 0 where that is not known
 */
public record Body(Kind kind, String scope, long number, long made) {
    /** Nothing is known. */
    public static final Body UNKNOWN = new Body(Kind.UNKNOWN, "", 0, 0);

    private static final Pattern TEXT = Pattern.compile("(FILE|DEVICE) ([0-9a-f-]*) (-?\\d{1,19}) (-?\\d{1,19})");
    private static final long SECOND = 1_000_000_000;

    /** What has a body. */
    public enum Kind {
        UNKNOWN,
        FILE,
        DEVICE
    }

    /** That of a file; {@link #UNKNOWN} if it cannot be looked at. */
    static Body ofFile(Path file) {
        try {
            BasicFileAttributes facts =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            // Where a file system knows no such moment, Java tells that of the last change.
            boolean known = !facts.creationTime().equals(facts.lastModifiedTime());
            var made = facts.creationTime().toInstant();
            return new Body(Kind.FILE, "", number(file), known ? made.getEpochSecond() * SECOND + made.getNano() : 0);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private static long number(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? (Long) Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS)
                : 0;
    }

    /**
     * That of a device.
     *
     * @param start names the start of the computer
     */
    static Body ofDevice(String start, long number) {
        return new Body(Kind.DEVICE, start, number, 0);
    }

    /** Reads what {@link #text} wrote; {@link #UNKNOWN} if that makes no sense. */
    public static Body parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? new Body(
                        Kind.valueOf(parts.group(1)),
                        parts.group(2),
                        Long.parseLong(parts.group(3)),
                        Long.parseLong(parts.group(4)))
                : UNKNOWN;
    }

    /** To be kept. */
    public String text() {
        return kind + " " + scope + " " + number + " " + made;
    }

    /** Whether {@code now}, in the same place, is certainly another one. */
    public boolean replacedBy(Body now) {
        if (kind == Kind.UNKNOWN || now.kind == Kind.UNKNOWN || !scope.equals(now.scope)) {
            return false;
        }
        boolean byMoment = made != 0 && now.made != 0;
        boolean other = byMoment ? made != now.made : number != now.number;
        return other || kind != now.kind;
    }
}
