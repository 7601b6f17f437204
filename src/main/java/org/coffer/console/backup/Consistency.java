package org.coffer.console.backup;

/** What a backup promises about the moment it shows (B2). */
public enum Consistency {
    /** Applications had written everything out. */
    APPLICATION,
    /** As after a power cut: all of one moment. */
    CRASH,
    /** Read while it was being written to: different parts may show different moments. */
    NONE
}
