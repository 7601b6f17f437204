package org.coffer.engine.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Lists of who may do what, as POSIX drafted them: from the forms in which file systems keep them to the one in which Linux hands them
 * to programs and takes them back.
 *
 * <p>Sources: {@code linux/posix_acl_xattr.h}; for ext {@code fs/ext4/acl.h}, for XFS {@code xfs_acl} in "XFS Algorithms &amp; Data
 * Structures", chapter <i>Extended Attributes</i>.
 */
final class PosixAcl {
    /** The attribute that holds the list of a file or folder. */
    static final String ACCESS = "system.posix_acl_access";

    /** The one that holds what is given to what is made in a folder. */
    static final String DEFAULT = "system.posix_acl_default";

    private static final int VERSION = 2;
    private static final int ENTRY = 8;
    private static final int NOBODY = -1;
    private static final int USER = 0x2;
    private static final int GROUP = 0x8;

    private static final int EXT_VERSION = 1;
    private static final int XFS_ENTRY = 12;
    private static final int MOST = 8192;

    private PosixAcl() {}

    /** Out of the form of ext, little-endian. */
    static byte[] ofExt(ByteBuffer stored, String what) {
        ByteBuffer from = stored.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (from.remaining() < 4 || from.remaining() > MOST || from.getInt() != EXT_VERSION) {
            throw Trouble.broken(what);
        }
        ByteBuffer to = room(from.remaining() / 4);
        while (from.hasRemaining()) {
            if (from.remaining() < 4) {
                throw Trouble.broken(what);
            }
            int tag = from.getShort();
            int rights = from.getShort();
            boolean named = tag == USER || tag == GROUP;
            if (named && from.remaining() < 4) {
                throw Trouble.broken(what);
            }
            put(to, tag, rights, named ? from.getInt() : NOBODY);
        }
        return bytes(to);
    }

    /** Out of the form of XFS, big-endian. */
    static byte[] ofXfs(ByteBuffer stored, String what) {
        ByteBuffer from = stored.duplicate();
        int count = from.remaining() < 4 ? -1 : from.getInt();
        if (count < 0 || count > MOST || from.remaining() < (long) count * XFS_ENTRY) {
            throw Trouble.broken(what);
        }
        ByteBuffer to = room(count);
        for (int i = 0; i < count; i++) {
            int tag = from.getInt();
            int id = from.getInt();
            int rights = from.getShort();
            from.getShort();
            put(to, tag, rights, tag == USER || tag == GROUP ? id : NOBODY);
        }
        return bytes(to);
    }

    private static ByteBuffer room(int entries) {
        return ByteBuffer.allocate(4 + entries * ENTRY)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(VERSION);
    }

    private static void put(ByteBuffer to, int tag, int rights, int id) {
        to.putShort((short) tag).putShort((short) rights).putInt(id);
    }

    private static byte[] bytes(ByteBuffer list) {
        byte[] bytes = new byte[list.position()];
        list.get(0, bytes);
        return bytes;
    }
}
