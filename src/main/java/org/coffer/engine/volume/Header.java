package org.coffer.engine.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * What the first bytes of a disk or partition say about it.
 *
 * <p>Sources of the places: the file systems' own on-disk format pages (ext4, xfs, btrfs, squashfs in the kernel's
 * documentation; FAT and BitLocker boot sectors by Microsoft, exFAT and ReFS likewise; APFS and HFS+ by Apple), the LUKS1 and LUKS2 specifications, {@code linux/swap.h},
 * LVM's and OpenZFS' own on-disk formats.
 *
 * @param content named as in {@link Part#content}
 * @param id the file system's own identifier, lower case, or empty
 */
public record Header(String content, String id) {
    /** Bytes to read from the start for {@link #of} to see everything. */
    public static final int LENGTH = 72 * 1024;

    /** The list with which a label of ZFS begins: its first pair's name follows six numbers. */
    private static final int ZFS_LIST = 16384;
    /** Sectors in which LVM looks for its label. */
    private static final int LVM_SECTORS = 4;

    /** As people write what is not read here. */
    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("apfs", "APFS"),
            Map.entry("bitlocker", "BitLocker"),
            Map.entry("exfat", "exFAT"),
            Map.entry("hfsplus", "HFS+"),
            Map.entry("iso9660", "ISO 9660"),
            Map.entry("luks", "LUKS"),
            Map.entry("lvm", "LVM"),
            Map.entry("md", "Linux software RAID"),
            Map.entry("ntfs", "NTFS"),
            Map.entry("refs", "ReFS"),
            Map.entry("vfat", "FAT"),
            Map.entry("zfs", "ZFS"));

    /** Nothing that is known. */
    public static final Header UNKNOWN = new Header("", "");

    /** What {@code content} is called by people. */
    public static String title(String content) {
        return TITLES.getOrDefault(content, content);
    }

    /** Recognises what begins with these bytes; a short buffer recognises less. */
    public static Header of(ByteBuffer start) {
        ByteBuffer bytes = start.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (text(bytes, 0, "LUKS\u00ba\u00be")) {
            return new Header("luks", string(bytes, 168, 40));
        }
        if (text(bytes, 3, "-FVE-FS-")) {
            return new Header("bitlocker", "");
        }
        if (text(bytes, 3, "NTFS    ")) {
            return new Header("ntfs", hexBackwards(bytes, 72, 8));
        }
        if (text(bytes, 3, "EXFAT   ")) {
            return new Header("exfat", hexBackwards(bytes, 100, 4));
        }
        if (text(bytes, 3, "ReFS\0")) {
            return new Header("refs", hexBackwards(bytes, 56, 8));
        }
        if (text(bytes, 32, "NXSB")) {
            return new Header("apfs", hex(bytes, 72, 16));
        }
        if (text(bytes, 0, "XFSB")) {
            return new Header("xfs", hex(bytes, 32, 16));
        }
        if (text(bytes, 0, "hsqs")) {
            return new Header("squashfs", "");
        }
        if (text(bytes, 1080, "S\u00ef")) {
            return new Header(ext(bytes), hex(bytes, 1128, 16));
        }
        if (text(bytes, 1024, "H+\0\u0004") || text(bytes, 1024, "HX\0\u0005")) {
            return new Header("hfsplus", hex(bytes, 1128, 8));
        }
        if (text(bytes, ZFS_LIST + 24, "version") || text(bytes, ZFS_LIST + 24, "name\0")) {
            return new Header("zfs", "");
        }
        if (text(bytes, 65600, "_BHRfS_M")) {
            return new Header("btrfs", hex(bytes, 65568, 16));
        }
        if (text(bytes, 4086, "SWAPSPACE2")) {
            return new Header("swap", hex(bytes, 1036, 16));
        }
        for (int sector = 0; sector < LVM_SECTORS; sector++) {
            if (text(bytes, 512 * sector, "LABELONE")) {
                return new Header("lvm", string(bytes, 512 * sector + 32, 32));
            }
        }
        if (text(bytes, 4096, "\u00fcN+\u00a9") || text(bytes, 0, "\u00fcN+\u00a9")) {
            return new Header("md", "");
        }
        if (text(bytes, 32769, "CD001")) {
            return new Header("iso9660", "");
        }
        if (text(bytes, 82, "FAT32   ")) {
            return new Header("vfat", hexBackwards(bytes, 67, 4));
        }
        if (text(bytes, 54, "FAT12   ") || text(bytes, 54, "FAT16   ")) {
            return new Header("vfat", hexBackwards(bytes, 39, 4));
        }
        return UNKNOWN;
    }

    /** The name of a container format that is no raw image, if the file begins like one. */
    public static Optional<String> container(ByteBuffer start) {
        if (text(start, 0, "QFI\u00fb")) {
            return Optional.of("qcow2");
        }
        if (text(start, 0, "KDMV") || text(start, 0, "# Disk DescriptorFile")) {
            return Optional.of("vmdk");
        }
        if (text(start, 0, "vhdxfile")) {
            return Optional.of("vhdx");
        }
        if (text(start, 0, "conectix")) {
            return Optional.of("vhd");
        }
        if (text(start, 64, "\u007f\u0010\u00da\u00be")) {
            return Optional.of("vdi");
        }
        return Optional.empty();
    }

    private static String ext(ByteBuffer bytes) {
        boolean journal = (bytes.getInt(1116) & 0x4) != 0;
        boolean newer = (bytes.getInt(1120) & ~0x16) != 0 || (bytes.getInt(1124) & ~0x7) != 0;
        return newer ? "ext4" : journal ? "ext3" : "ext2";
    }

    private static boolean text(ByteBuffer bytes, int at, String expected) {
        byte[] wanted = expected.getBytes(StandardCharsets.ISO_8859_1);
        if (at + wanted.length > bytes.limit()) {
            return false;
        }
        return bytes.slice(at, wanted.length).equals(ByteBuffer.wrap(wanted));
    }

    private static String string(ByteBuffer bytes, int at, int length) {
        byte[] raw = part(bytes, at, length);
        int end = 0;
        while (end < raw.length && raw[end] > ' ') {
            end++;
        }
        return new String(raw, 0, end, StandardCharsets.US_ASCII);
    }

    private static String hex(ByteBuffer bytes, int at, int length) {
        byte[] raw = part(bytes, at, length);
        for (byte b : raw) {
            if (b != 0) {
                return HexFormat.of().formatHex(raw);
            }
        }
        return "";
    }

    private static String hexBackwards(ByteBuffer bytes, int at, int length) {
        byte[] raw = part(bytes, at, length);
        StringBuilder text = new StringBuilder();
        for (int i = raw.length - 1; i >= 0; i--) {
            text.append(HexFormat.of().toHexDigits(raw[i]));
        }
        return text.chars().allMatch(c -> c == '0') ? "" : text.toString();
    }

    private static byte[] part(ByteBuffer bytes, int at, int length) {
        byte[] raw = new byte[Math.max(0, Math.min(length, bytes.limit() - at))];
        bytes.get(at, raw);
        return raw;
    }
}
