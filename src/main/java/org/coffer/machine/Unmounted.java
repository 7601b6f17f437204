package org.coffer.machine;

import java.nio.file.Path;

/**
 * Something that was mounted from a disk until {@link Machine#unmount}, so that it can be put back.
 *
 * @param point where it was mounted
 * @param root which part of the file system was: {@code /}, or a folder of it
 * @param type {@code ext4}, {@code xfs}…
 * @param options of the mount, such as {@code rw,noatime}
 * @param start byte of the disk at which the volume begins; −1 where a volume is built on the disk in another way, which is
 *     not put back
 */
public record Unmounted(Path point, Path root, String type, String options, long start) {}
