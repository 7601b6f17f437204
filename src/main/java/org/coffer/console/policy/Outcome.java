package org.coffer.console.policy;

/** How one run of a policy in one vault ended, or how it stands. */
public enum Outcome {
    /** Every disk was backed up. */
    SUCCEEDED,
    /** Some disks were backed up, others not. */
    PARTLY,
    /** No disk was backed up, at least one of them because something went wrong; or nothing could start. */
    FAILED,
    /** Somebody canceled it before any disk was backed up. */
    CANCELED,
    /** Nothing ran, with a reason that is nobody's fault. */
    SKIPPED,
    /** It is not over. */
    RUNNING,
    /** It waits for its location or for a condition. */
    WAITING,
    /** The administrator is asked whether to make up for it. */
    ASKED,
    /** It ran; its tasks are not listed any more. */
    STARTED
}
