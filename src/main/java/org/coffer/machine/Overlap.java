package org.coffer.machine;

/** How a disk and a folder lie to each other on the hardware. */
public enum Overlap {
    /** They share nothing that is known. */
    NONE,
    /** The folder is stored on the disk itself, perhaps through partitions, volumes and loop devices. */
    CARRIES,
    /** The disk is an image or a loop device whose file lies on the same hardware as the folder. */
    BESIDE,
    /** It could not be found out. */
    UNKNOWN
}
