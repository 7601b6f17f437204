package org.coffer.console.file;

/** What a name in a folder stands for. */
public enum FileKind {
    /** Bytes. */
    FILE,
    /** Other names. */
    FOLDER,
    /** A symbolic link, or a junction. */
    LINK,
    /** A device, a pipe or a socket: shown, and never restored. */
    SPECIAL
}
