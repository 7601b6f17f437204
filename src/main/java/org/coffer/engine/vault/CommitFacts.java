package org.coffer.engine.vault;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a backup says about itself.
 *
 * @param name its name, at most 64 characters
 * @param resource the console's id of what was backed up, at most 64 characters
 * @param policy the console's id of the policy that asked for it, or empty
 * @param origin who asked for it
 * @param kind full or incremental
 * @param consistency how far the content is of one moment
 * @param reason why the consistency is no better, or empty; at most 200 characters
 * @param parent the backup it was compared with, null if none
 * @param begun when the run began
 * @param moment the moment that the content shows
 */
public record CommitFacts(
        String name,
        String resource,
        String policy,
        Origin origin,
        Kind kind,
        Consistency consistency,
        String reason,
        @Nullable SessionId parent,
        Instant begun,
        Instant moment) {

    /** Whether a policy made it, so that a locked vault keeps it. */
    boolean ofPolicy() {
        return origin == Origin.AUTOMATIC || (origin == Origin.REPLICA && !policy.isEmpty());
    }

    /** Who asked for a backup; the order is the code in the format. */
    public enum Origin {
        /** A person. */
        MANUAL,
        /** A policy. */
        AUTOMATIC,
        /** A copy from another vault. */
        REPLICA,
        /** Received from somebody else. */
        SHARED,
        /** Made before something was overwritten. */
        SAFETY
    }

    /** Full or incremental; the order is the code in the format. */
    public enum Kind {
        /** Compared with nothing. */
        FULL,
        /** Compared with a parent. */
        INCREMENTAL
    }

    /** How far content is of one moment; the order is the code in the format. */
    public enum Consistency {
        /** Applications had written what they held. */
        APPLICATION,
        /** One moment, as after a power cut. */
        CRASH,
        /** Read while it was changing. */
        NONE
    }
}
