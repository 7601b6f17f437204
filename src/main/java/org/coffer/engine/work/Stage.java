package org.coffer.engine.work;

/** What a run of long work is doing, in the order in which a run may pass through. */
public enum Stage {
    /** Not started, or held up by a limit. */
    WAITING,
    /** Looking at the source and taking a snapshot where one can be had. */
    PREPARING,
    /** Reading the source and storing what is new. */
    COPYING,
    /** Making the result durable and visible. */
    PUBLISHING,
    /** Reading a target to learn what differs. */
    COMPARING,
    /** Writing what differs onto the target. */
    RESTORING,
    /** Reading back and comparing with the stored hashes. */
    CHECKING,
    /** Letting a file system use all of a larger target. */
    GROWING,
    /** Removing stored data that nothing needs. */
    COLLECTING
}
