package org.coffer.engine.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How long a listing of a folder may fail to show what another computer put there before. */
final class FolderLag {
    /**
     * File systems of networks that remember directories for a while: NFS for 60 s by default ({@code acdirmax} in
     * nfs(5)), SMB for up to 60 s ({@code acdirmax} in mount.cifs(8)), SSHFS for 20 s ({@code dcache_timeout}).
     */
    private static final Set<String> NETWORK = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb2",
            "smb3",
            "smbfs",
            "fuse.sshfs",
            "9p",
            "ceph",
            "fuse.ceph",
            "glusterfs",
            "fuse.glusterfs",
            "afs",
            "davfs",
            "webdav",
            "afpfs",
            "virtiofs",
            "lustre",
            "beegfs",
            "ocfs2",
            "gfs2");

    private static final Duration REMEMBERED = Duration.ofSeconds(90);

    private FolderLag() {}

    /** The bound for a folder: zero on disks, a minute and a half on networks, empty where nobody can say. */
    static Optional<Duration> of(Path folder) {
        try {
            return ofType(Files.getFileStore(folder).type());
        } catch (IOException e) {
            // Not there now; nothing will be deleted before it is looked at again.
            return Optional.empty();
        }
    }

    static Optional<Duration> ofType(String type) {
        String name = type.toLowerCase(Locale.ROOT);
        if (NETWORK.contains(name)) {
            return Optional.of(REMEMBERED);
        }
        // Other file systems in user space may be anything, a cloud's object store for instance.
        boolean unknown = name.startsWith("fuse") && !name.equals("fuseblk") && !name.equals("fusectl");
        return unknown ? Optional.empty() : Optional.of(Duration.ZERO);
    }
}
