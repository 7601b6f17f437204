package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The files of ext2, ext3 and ext4.
 *
 * <p>A file system that was mounted when its disk was backed up is read as it would be after the recovery of its journal
 * ({@link ExtJournal}), and not at all without that. Checksums are not compared: what is read was authenticated by the vault,
 * and what does not make sense is refused by what it says. What fscrypt has encrypted can be listed up to its own names, and
 * not read.
 */
final class ExtFileSystem implements FileSystem {
    private static final int ROOT = 2;
    private static final int LONGEST_TARGET = 1 << 16;

    private final String format;
    private final Bytes volume;
    private final CachedBytes pieces;
    private final ExtSuperblock superblock;

    private final boolean whole;

    private ExtFileSystem(String format, Bytes volume, ExtSuperblock superblock, boolean whole) {
        this.format = format;
        this.volume = volume;
        this.pieces = new CachedBytes(volume);
        this.superblock = superblock;
        this.whole = whole;
    }

    /** Opens one, as {@link Volumes.Reader} says. */
    static FileSystem open(Bytes volume, String format) throws IOException {
        ExtSuperblock superblock = ExtSuperblock.of(volume);
        ExtFileSystem asItLies = new ExtFileSystem(format, volume, superblock, true);
        if (!superblock.needsRecovery()) {
            return asItLies;
        }
        // A journal on a disk of its own has no inode.
        ExtInode inode = superblock.journal() == 0 ? null : asItLies.inode(superblock.journal());
        if (inode == null || inode.kind() != NodeKind.FILE || inode.isInline()) {
            throw Trouble.unreplayed(format);
        }
        ExtJournal.Recovery recovery = ExtJournal.over(volume, asItLies.content(inode), superblock.blockSize(), format);
        Bytes recovered = recovery.volume().orElse(volume);
        return new ExtFileSystem(format, recovered, ExtSuperblock.of(recovered), recovery.whole());
    }

    @Override
    public boolean lacksLastSeconds() {
        return !whole;
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public String label() {
        return superblock.label();
    }

    @Override
    public Node root() throws IOException {
        ExtInode root = inode(ROOT);
        if (root.kind() != NodeKind.FOLDER) {
            throw Trouble.broken("inode " + ROOT);
        }
        return root.node();
    }

    @Override
    public Node node(Name name) throws IOException {
        return inode(name.id()).node();
    }

    @Override
    public void names(Node folder, Names names) throws IOException {
        ExtInode inode = readable(folder, NodeKind.FOLDER);
        ExtFolder reader = new ExtFolder(superblock, names, "inode " + folder.id());
        if (inode.isInline()) {
            reader.read(inode.inline());
        } else {
            reader.read(content(inode));
        }
    }

    @Override
    public FileContent open(Node file) throws IOException {
        ExtInode inode = readable(file, NodeKind.FILE);
        // The tools of e2fsprogs leave a file of zeros in its inode, whatever its size.
        return inode.isInline() ? new SmallContent(inode.inline(), inode.size(false)) : content(inode);
    }

    @Override
    public String target(Node link) throws IOException {
        ExtInode inode = readable(link, NodeKind.LINK);
        long size = inode.size(false);
        if (size > LONGEST_TARGET) {
            throw Trouble.broken("inode " + link.id());
        }
        byte[] target = new byte[(int) size];
        if (inode.isInline()) {
            byte[] stored = inode.inline();
            System.arraycopy(stored, 0, target, 0, Math.min(stored.length, target.length));
        } else if (size < ExtInode.MAP && !inode.hasExtents()) {
            inode.map().get(0, target);
        } else {
            content(inode).read(0, ByteBuffer.wrap(target));
        }
        return NameText.target(target);
    }

    @Override
    public String exact(String text) {
        return RawName.meant(text);
    }

    @Override
    public FileAttributes attributes(Node node) throws IOException {
        ExtInode inode = inode(node.id());
        long block = inode.attributeBlock();
        String what = "inode " + node.id();
        if (block >= superblock.blocks()) {
            throw Trouble.broken(what);
        }
        Optional<ByteBuffer> more = block == 0
                ? Optional.empty()
                : Optional.of(pieces.at(block * superblock.blockSize(), superblock.blockSize(), what));
        return new ExtAttributes(this::value, what).read(inode.attributes(), more);
    }

    private byte[] value(long number, int length) throws IOException {
        ExtInode inode = inode(number);
        String what = "inode " + number;
        if (inode.kind() != NodeKind.FILE || inode.isInline() || length > inode.size(false)) {
            throw Trouble.broken(what);
        }
        byte[] value = new byte[length];
        content(inode).read(0, ByteBuffer.wrap(value));
        return value;
    }

    /** The inode of a node that is of a kind and not encrypted. */
    private ExtInode readable(Node node, NodeKind kind) throws IOException {
        ExtInode inode = inode(node.id());
        if (inode.kind() != kind) {
            throw new IllegalArgumentException("no " + kind + ": " + node);
        }
        if (inode.isEncrypted()) {
            throw Trouble.unsupported("fscrypt");
        }
        return inode;
    }

    private FileContent content(ExtInode inode) {
        String what = "inode " + inode.number();
        ExtMap map = inode.hasExtents()
                ? new ExtExtents(pieces, superblock, inode.map(), what)
                : new ExtIndirect(pieces, superblock, inode.map(), what);
        long size = inode.size(superblock.hasLargeFolders());
        return new ExtContent(volume, superblock.blockSize(), map, size, what);
    }

    private ExtInode inode(long number) throws IOException {
        String what = "inode " + number;
        if (number < 1 || number > superblock.inodes()) {
            throw Trouble.broken(what);
        }
        long group = (number - 1) / superblock.inodesPerGroup();
        long within = (number - 1) % superblock.inodesPerGroup() * superblock.inodeSize();
        long table = table(group);
        if (table == 0 || table >= superblock.blocks()) {
            throw Trouble.broken(what);
        }
        long position = table * superblock.blockSize() + within;
        return new ExtInode(number, pieces.at(position, superblock.inodeSize(), what));
    }

    /** First block of a group's table of inodes. */
    private long table(long group) throws IOException {
        int size = superblock.descriptorSize();
        long block = superblock.descriptorBlock(group);
        long position = block * superblock.blockSize() + group % superblock.descriptorsPerBlock() * size;
        ByteBuffer descriptor = pieces.at(position, size, "group " + group).order(ByteOrder.LITTLE_ENDIAN);
        long high = superblock.has64Bits() && size >= 64 ? Integer.toUnsignedLong(descriptor.getInt(40)) : 0;
        return (high << 32) | Integer.toUnsignedLong(descriptor.getInt(8));
    }
}
