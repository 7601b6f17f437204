package org.coffer.machine;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An open folder that files are restored into. Every act goes to this very folder, whatever becomes of the path that led to it, and
 * concerns a name in it; no act follows a link. So neither links that were restored a moment ago nor those that somebody makes
 * meanwhile lead it elsewhere. (That holds on Linux; {@link PortableFolder} says what is left elsewhere.) Used by one thread.
 */
public interface TargetFolder extends AutoCloseable {
    /**
     * Opens an existing folder; links on the way to it are followed.
     *
     * @throws TargetException if it is none, or may not be opened
     */
    static TargetFolder open(Path folder) throws TargetException {
        return namesAreBytes() ? LinuxFolder.at(folder) : PortableFolder.at(folder);
    }

    /** Whether names here are bytes, so that any {@linkplain org.coffer.engine.volume.RawName exact text} is one. */
    static boolean namesAreBytes() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    }

    /** What a name stands for. */
    enum Kind {
        FILE,
        FOLDER,
        LINK,
        OTHER
    }

    /**
     * What is there under a name.
     *
     * @param size bytes of a file
     * @param modified when it changed last
     */
    record Found(Kind kind, long size, Instant modified) {}

    /** Where it was opened. */
    Path path();

    /** What is there under a name; empty if nothing is. */
    Optional<Found> look(String name) throws TargetException;

    /** Opens a folder in it; {@link TargetException.Reason#IN_WAY} if that is something else, such as a link. */
    TargetFolder enter(String name) throws TargetException;

    /** Makes a folder that only this user can open. */
    void make(String name) throws TargetException;

    /** Makes an empty file that only this user can open, and opens it. */
    NewFile create(String name) throws TargetException;

    /** Makes a symbolic link; {@link TargetException.Reason#LINKS} where the file system keeps none. */
    void link(String name, String target) throws TargetException;

    /** Gives a file in {@code there} one more name here. */
    void same(String name, TargetFolder there, String existing) throws TargetException;

    /**
     * Renames within the folder, in one step.
     *
     * @param replace whether a file or link of that name goes; else it is {@link TargetException.Reason#EXISTS}
     */
    void rename(String from, String to, boolean replace) throws TargetException;

    /** Whether things can be moved from here into another folder: both are reached by the same mount of the same drive. */
    boolean isBeside(TargetFolder other) throws TargetException;

    /**
     * Moves what has a name into another folder, in one step, where that name is free; {@link TargetException.Reason#APART} if that does not
     * lie {@linkplain #isBeside beside} this one.
     */
    void move(String name, TargetFolder there, String to) throws TargetException;

    /** Removes a file or link; does nothing if there is none. */
    void remove(String name) throws TargetException;

    /** Gives a link to its owner. Returns whether it is theirs now: this user may, and the target keeps owners. */
    boolean ownLink(String name, long user, long group) throws TargetException;

    /** Sets when a link changed last. */
    void timeLink(String name, Instant modified) throws TargetException;

    /** Gives the folder itself to its owner, as {@link #ownLink}. */
    boolean own(long user, long group) throws TargetException;

    /**
     * Sets what others may do in the folder itself.
     *
     * @param mode the lower twelve bits
     * @return false if the target keeps no such thing, or this user may not say it
     */
    boolean mode(int mode) throws TargetException;

    /**
     * Gives the folder itself an extended attribute.
     *
     * @param name as Linux names it; {@code user.DOSATTRIB} becomes what the target knows of such flags
     * @return whether the target can hold it and this user may give it
     */
    boolean attribute(String name, byte[] value) throws TargetException;

    /** Sets when the folder itself changed last. */
    void time(Instant modified) throws TargetException;

    /** Returns when the names in it would outlive this computer's power. */
    void sync() throws TargetException;

    @Override
    void close();

    /** A file that is being written. */
    interface NewFile extends AutoCloseable {
        /** Writes all remaining bytes. */
        void write(long position, ByteBuffer bytes) throws TargetException;

        /** Fills the remaining room of a direct buffer; less at the end of the file. */
        void read(long position, ByteBuffer into) throws TargetException;

        /** Asks the system to drop what it holds of the file in memory, once it was {@linkplain #sync synced}; a hint. */
        void forget();

        /** Gives it its length; what was not written is a hole. */
        void length(long bytes) throws TargetException;

        /** Its length, as the system says. */
        long length() throws TargetException;

        /** Gives it to its owner, as {@link TargetFolder#ownLink}. */
        boolean own(long user, long group) throws TargetException;

        /**
         * Sets what others may do.
         *
         * @param mode the lower twelve bits
         * @return as {@link TargetFolder#mode}
         */
        boolean mode(int mode) throws TargetException;

        /** Gives it an extended attribute, as {@link TargetFolder#attribute}. */
        boolean attribute(String name, byte[] value) throws TargetException;

        /** Sets when it changed last. */
        void time(Instant modified) throws TargetException;

        /** Returns when its content would outlive this computer's power. */
        void sync() throws TargetException;

        @Override
        void close();
    }
}
