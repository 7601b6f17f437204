package org.coffer.engine.volume;

/**
 * A partition, as the table on the disk describes it; also found on disks whose kernel reads no tables.
 *
 * @param number its number in the table, from 1
 * @param start first byte on the disk
 * @param size bytes
 * @param content what begins there: {@code ext4}, {@code xfs}, {@code ntfs}, {@code vfat}, {@code btrfs}, {@code swap},
 *     {@code luks}, {@code bitlocker}, {@code lvm}, {@code md}, {@code squashfs}, {@code iso9660}, {@code exfat}, {@code refs},
 *     {@code apfs}, {@code hfsplus}, {@code zfs}, or empty when unknown
 */
public record Part(int number, long start, long size, String content) {}
