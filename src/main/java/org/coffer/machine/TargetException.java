package org.coffer.machine;

import java.io.IOException;
import java.io.Serial;

/** Something that a {@link TargetFolder} was asked for and the system refused. */
public final class TargetException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** There is something of that name. */
        EXISTS("the name is taken"),
        /** There is nothing of that name. */
        MISSING("there is nothing of that name"),
        /** Something of another kind is there. */
        IN_WAY("something else is there"),
        /** This user may not. */
        DENIED("no right to"),
        /** No room is left, or this user's share is used up. */
        FULL("no room is left"),
        /** Larger than files can be there. */
        LARGE("files there cannot be so large"),
        /** The target keeps no links. */
        LINKS("there are no links there"),
        /** The target knows no such name. */
        NAME("no such name can be"),
        /** What is there can only be read. */
        READ_ONLY("it can only be read"),
        /** The drive was taken away, or fails. */
        GONE("the drive is gone or fails"),
        /** It would have to go from one drive to another. */
        APART("it lies on another drive"),
        /** Anything else. */
        OTHER("the system refused it");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    TargetException(Reason reason, String name, Throwable cause) {
        super(name + ": " + (reason == Reason.OTHER ? cause.getMessage() : reason.words), cause);
        this.reason = reason;
    }

    static TargetException of(String name, Errno cause) {
        return new TargetException(
                switch (cause.number()) {
                    case Errno.EEXIST, Errno.ENOTEMPTY -> Reason.EXISTS;
                    case Errno.ENOENT -> Reason.MISSING;
                    case Errno.ENOTDIR, Errno.EISDIR, Errno.ELOOP -> Reason.IN_WAY;
                    case Errno.EACCES, Errno.EPERM -> Reason.DENIED;
                    case Errno.ENOSPC, Errno.EDQUOT -> Reason.FULL;
                    case Errno.EFBIG -> Reason.LARGE;
                    case Errno.ENAMETOOLONG, Errno.EINVAL, Errno.EILSEQ -> Reason.NAME;
                    case Errno.EXDEV -> Reason.APART;
                    case Errno.EROFS -> Reason.READ_ONLY;
                    case Errno.EIO,
                            Errno.ENXIO,
                            Errno.ENODEV,
                            Errno.ENOMEDIUM,
                            Errno.ECONNABORTED,
                            Errno.ENOTCONN,
                            Errno.ESHUTDOWN,
                            Errno.ESTALE -> Reason.GONE;
                    default -> Reason.OTHER;
                },
                name,
                cause);
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** The same in words, for {@code {cause}}. */
    public String words() {
        return reason == Reason.OTHER ? String.valueOf(getMessage()) : reason.words;
    }
}
