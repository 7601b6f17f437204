package org.coffer.engine.volume;

/** What a name in a folder stands for. */
public enum NodeKind {
    /** Bytes. */
    FILE,
    /** Other names. */
    FOLDER,
    /** A symbolic link, or a junction. */
    LINK,
    /** A device, a pipe, a socket. */
    SPECIAL,
    /** The folder does not say; {@link FileSystem#node} does. */
    UNKNOWN
}
