package org.coffer.engine.volume;

import java.io.IOException;

/**
 * The files of a volume, read without mounting it. Any number of threads may read.
 *
 * <p>What lies there may have been written by anybody: whatever its bytes are, a method ends, in memory that does not grow with what
 * they claim. Where they make no sense it throws {@code files.broken}; where they use something that is not read here,
 * {@code files.unsupported}, which names it; and what the bytes under it throw.
 */
public interface FileSystem {
    /** What it is, named as {@link Header#content}. */
    String format();

    /** The volume's name, empty if it has none. */
    String label();

    /**
     * Whether the last seconds before the disk was read may be missing: it was in use, and some of what its file system had noted to do is
     * not read here.
     */
    default boolean lacksLastSeconds() {
        return false;
    }

    /** The topmost folder. */
    Node root() throws IOException;

    /**
     * What a name stands for. What has numbers near each other mostly lies together: who asks for many asks in the order of their numbers
     * (over half a million files of an ext4, that reads a twentieth of what the order of names does).
     */
    Node node(Name name) throws IOException;

    /** Takes the names of a folder one by one. */
    @FunctionalInterface
    interface Names {
        /** Takes a name; false for no more of them. */
        boolean take(Name name) throws IOException;
    }

    /**
     * Hands out the names in a folder in the order in which they are stored, without those of itself and its parent. In a broken file
     * system, a folder may be found below itself: who walks remembers the numbers of those where he was.
     */
    void names(Node folder, Names names) throws IOException;

    /** What a file holds. */
    FileContent open(Node file) throws IOException;

    /**
     * What a file or folder has besides that another place can take, up to 4 MiB: extended attributes by their names in Linux, which are
     * {@code user.…}, {@code system.posix_acl_access}, {@code system.posix_acl_default}, {@code security.capability}. What Windows keeps
     * besides is {@code user.DOSATTRIB}, in the form of Samba. Each has at most 64 KiB.
     */
    default FileAttributes attributes(Node node) throws IOException {
        return FileAttributes.NONE;
    }

    /** The {@linkplain RawName exact text} of a name or of where a link leads, by the text that was told of it. */
    default String exact(String text) {
        return text;
    }

    /** Where a link leads, as it is written there; a junction's way in the form that its system shows. */
    String target(Node link) throws IOException;
}
