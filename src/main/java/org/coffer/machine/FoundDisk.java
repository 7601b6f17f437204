package org.coffer.machine;

import java.nio.file.Path;
import java.util.List;
import org.coffer.engine.volume.Part;
import org.coffer.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A disk as it was when the machine was asked: a value, never updated.
 *
 * @param identity says across restarts, replugging and swapped names which disk this is (see {@link Identities}); for image
 *     files the word {@code image:} and the real path
 * @param name short name to show: {@code sda}, {@code loop3}, {@code web.img}
 * @param path where it can be opened now
 * @param kind block device or image file
 * @param capacity bytes
 * @param model maker's words, the backing file of a loop device, or empty
 * @param serial serial number, or empty
 * @param role whether this computer starts or swaps from it
 * @param state what can be done with it
 * @param cause why it is faulty; null in all other states
 * @param mounts where it, its partitions, or volumes on top of it are mounted; {@code [SWAP]} for swap space
 * @param encryption what its own header or the header of a partition says
 * @param content what the whole disk holds when there is no partition table, named as in {@link Part#content}
 * @param parts its partitions in the order of the table
 */
public record FoundDisk(
        String identity,
        String name,
        Path path,
        Kind kind,
        long capacity,
        String model,
        String serial,
        Role role,
        State state,
        @Nullable Problem cause,
        List<String> mounts,
        Encryption encryption,
        String content,
        List<Part> parts) {

    /** Device or file. */
    public enum Kind {
        /** A whole block device. */
        BLOCK,
        /** A raw disk image in a file. */
        IMAGE
    }

    /** What this computer uses it for. */
    public enum Role {
        /** It carries this computer's root, boot or program files, or its swap. */
        SYSTEM,
        /** Anything else. */
        DATA
    }

    /** What can be done with it. */
    public enum State {
        /** Nothing uses it. */
        AVAILABLE,
        /** Mounted, swapped to, part of a volume, or attached as a loop device. */
        IN_USE,
        /** Cannot be read; {@link FoundDisk#cause} says why. */
        FAULTY,
        /** Known from earlier and not attached now. */
        MISSING
    }

    /** Encryption that its headers show. */
    public enum Encryption {
        /** None was recognised. */
        NONE,
        /** Linux unified key setup, version 1 or 2. */
        LUKS,
        /** BitLocker. */
        BITLOCKER
    }

    /** Keeps unmodifiable copies of the lists. */
    public FoundDisk {
        mounts = List.copyOf(mounts);
        parts = List.copyOf(parts);
    }

    /** The same disk called otherwise, as an image file is on a list. */
    public FoundDisk named(String other) {
        return new FoundDisk(
                identity,
                other,
                path,
                kind,
                capacity,
                model,
                serial,
                role,
                state,
                cause,
                mounts,
                encryption,
                content,
                parts);
    }

    /** This disk as it is shown after it went away: the same facts, state missing. */
    public FoundDisk missing() {
        return new FoundDisk(
                identity,
                name,
                path,
                kind,
                capacity,
                model,
                serial,
                role,
                State.MISSING,
                null,
                List.of(),
                encryption,
                content,
                parts);
    }
}
