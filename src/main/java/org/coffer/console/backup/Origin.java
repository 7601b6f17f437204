package org.coffer.console.backup;

/** Where a backup comes from (B3). */
public enum Origin {
    MANUAL,
    AUTOMATIC,
    REPLICA,
    SHARED,
    SAFETY_COPY
}
