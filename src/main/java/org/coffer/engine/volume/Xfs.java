package org.coffer.engine.volume;

import java.io.IOException;

/**
 * An XFS of version 4 or 5, out of its blocks alone.
 *
 * <p>The rooms: {@link XfsSuper} knows where a block or an inode lies and {@link XfsFeatures} whether it may be read here,
 * {@link XfsInode} what a file is, {@link XfsMap} where its content lies, {@link XfsContent}, {@link XfsFolder} and {@link XfsLink}
 * read it, {@link XfsAttributes} what it has besides. What the volume would be after its recovery, {@link XfsReplay} knows. Of all they hold a few
 * blocks in memory, at most 64 KiB each, and where the log has what it changed. What carries a checksum is only believed with it.
 *
 * <p>Content on a real-time device is somewhere else than on the volume, and is not read.
 */
final class Xfs implements FileSystem {
    private final XfsDisk disk;
    private final boolean whole;

    Xfs(XfsReplay.Recovery recovery) {
        this.disk = recovery.disk();
        this.whole = recovery.whole();
    }

    /**
     * Opens what begins with a superblock of XFS.
     *
     * @throws org.coffer.problem.ProblemException {@code files.broken}, {@code files.unsupported}, {@code files.journal}
     */
    static Xfs open(Bytes volume) throws IOException {
        return open(volume, XfsLogged.MOST);
    }

    /** Opens one whose log may have changed so much, as {@link XfsReplay#over} says. */
    static Xfs open(Bytes volume, int most) throws IOException {
        return new Xfs(XfsReplay.over(new CachedBytes(volume), XfsSuper.read(volume), most));
    }

    @Override
    public String format() {
        return "xfs";
    }

    @Override
    public String label() {
        return disk.layout().label();
    }

    /** A log on another disk, which is not there; or something in it that was begun and not ended. */
    @Override
    public boolean lacksLastSeconds() {
        return !whole;
    }

    @Override
    public Node root() throws IOException {
        return inode(disk.layout().root(), NodeKind.FOLDER).node();
    }

    @Override
    public Node node(Name name) throws IOException {
        return disk.inode(name.id()).node();
    }

    @Override
    public void names(Node folder, Names names) throws IOException {
        new XfsFolder(disk, inode(folder.id(), NodeKind.FOLDER)).names(names);
    }

    @Override
    public FileContent open(Node file) throws IOException {
        XfsInode inode = inode(file.id(), NodeKind.FILE);
        if (inode.realtime()) {
            throw Trouble.unsupported("realtime");
        }
        return new XfsContent(disk, new XfsMap(disk, inode), inode.size());
    }

    @Override
    public String target(Node link) throws IOException {
        return new XfsLink(disk, inode(link.id(), NodeKind.LINK)).target();
    }

    @Override
    public String exact(String text) {
        return RawName.meant(text);
    }

    @Override
    public FileAttributes attributes(Node node) throws IOException {
        return new XfsAttributes(disk, disk.inode(node.id())).read();
    }

    private XfsInode inode(long id, NodeKind expected) throws IOException {
        XfsInode inode = disk.inode(id);
        if (inode.kind() != expected) {
            throw Trouble.broken(XfsInode.name(id));
        }
        return inode;
    }
}
