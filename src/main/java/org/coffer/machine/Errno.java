package org.coffer.machine;

import java.io.IOException;
import java.io.Serial;

/** A system call that failed, with the number that says why. */
final class Errno extends IOException {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int ENXIO = 6;
    static final int E2BIG = 7;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int EEXIST = 17;
    static final int EXDEV = 18;
    static final int ENODEV = 19;
    static final int ENOTDIR = 20;
    static final int EISDIR = 21;
    static final int EINVAL = 22;
    static final int ENOTTY = 25;
    static final int EFBIG = 27;
    static final int ENOSPC = 28;
    static final int EROFS = 30;
    static final int ERANGE = 34;
    static final int ENAMETOOLONG = 36;
    static final int ENOSYS = 38;
    static final int ENOTEMPTY = 39;
    static final int ELOOP = 40;
    static final int EILSEQ = 84;
    static final int EOPNOTSUPP = 95;
    static final int ECONNABORTED = 103;
    static final int ENOTCONN = 107;
    static final int ESHUTDOWN = 108;
    static final int ESTALE = 116;
    static final int EDQUOT = 122;
    static final int ENOMEDIUM = 123;

    @Serial
    private static final long serialVersionUID = 1L;

    private final int number;

    Errno(String call, int number) {
        super(call + " failed with error " + number);
        this.number = number;
    }

    int number() {
        return number;
    }

    /** The device is no longer there. */
    boolean gone() {
        return number == ENXIO || number == ENODEV || number == ENOMEDIUM;
    }

    boolean denied() {
        return number == EACCES || number == EPERM;
    }
}
