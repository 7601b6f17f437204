package org.coffer.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the maker wrote into a disk.
 *
 * @param model maker and model, or empty
 * @param serial serial number, or empty
 * @param wwn world-wide name, or empty
 */
record Hardware(String model, String serial, String wwn) {

    /** The part of an identity that hardware gives; empty if it gives none. */
    String key() {
        if (!serial.isEmpty()) {
            return "serial:" + (model.isEmpty() ? "" : model.replace(' ', '_') + ":") + serial;
        }
        return wwn.isEmpty() ? "" : "wwn:" + wwn;
    }

    /** Reads {@code /sys}, then udev's notes, then the links under {@code /dev/disk/by-id}; the first that knows wins. */
    static Hardware of(BlockTree tree, BlockTree.Device device, Path udev, Path dev) {
        Path dir = tree.folder(device.name());
        Map<String, String> notes = notes(udev.resolve("b" + device.number()));
        String vendor = BlockTree.text(dir.resolve("device/vendor"));
        String product = firstKnown(
                BlockTree.text(dir.resolve("device/model")),
                BlockTree.text(dir.resolve("device/name")),
                notes.getOrDefault("ID_MODEL", "").replace('_', ' '));
        // A virtio disk's vendor is a number, and ATA disks are all of vendor "ATA".
        boolean telling = !vendor.isEmpty() && !vendor.startsWith("0x") && !vendor.equals("ATA");
        String model = (telling ? vendor + " " + product : product).strip();
        String serial = firstKnown(
                BlockTree.text(dir.resolve("serial")),
                BlockTree.text(dir.resolve("device/serial")),
                unitSerial(dir.resolve("device/vpd_pg80")),
                notes.getOrDefault("ID_SERIAL_SHORT", ""));
        String wwn = firstKnown(
                BlockTree.text(dir.resolve("wwid")),
                BlockTree.text(dir.resolve("device/wwid")),
                notes.getOrDefault("ID_WWN_WITH_EXTENSION", notes.getOrDefault("ID_WWN", "")),
                linkedName(dev, device.name()));
        return new Hardware(model, serial, wwn.replaceAll("\\s+", "_"));
    }

    private static String firstKnown(String... candidates) {
        for (String candidate : candidates) {
            if (!isFiller(candidate)) {
                return candidate.strip();
            }
        }
        return "";
    }

    /** Cheap bridges answer with zeros, one repeated letter, or a row of counting digits. */
    private static boolean isFiller(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return plain.chars().distinct().count() <= 1
                || "0123456789abcdef".startsWith(plain)
                || "123456789abcdef".startsWith(plain)
                || plain.equals("none");
    }

    private static Map<String, String> notes(Path file) {
        Map<String, String> notes = new HashMap<>();
        for (String line : BlockTree.text(file).split("\n", -1)) {
            int equals = line.indexOf('=');
            if (line.startsWith("E:") && equals > 0) {
                notes.put(line.substring(2, equals), line.substring(equals + 1));
            }
        }
        return notes;
    }

    /** SCSI vital product data page 80: four bytes of head, then the serial number. */
    private static String unitSerial(Path page) {
        try {
            byte[] bytes = Files.readAllBytes(page);
            return bytes.length <= 4 ? "" : new String(bytes, 4, bytes.length - 4, StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String linkedName(Path dev, String name) {
        Path folder = dev.resolve("disk/by-id");
        if (!Files.isDirectory(folder)) {
            return "";
        }
        String best = "";
        try (DirectoryStream<Path> links = Files.newDirectoryStream(folder)) {
            for (Path link : links) {
                String id = link.getFileName().toString();
                boolean hardware = !id.startsWith("dm-") && !id.startsWith("lvm-") && !id.startsWith("md-");
                if (hardware && link.toRealPath().endsWith(name) && (best.isEmpty() || id.compareTo(best) < 0)) {
                    best = id;
                }
            }
        } catch (IOException e) {
            return "";
        }
        return best;
    }
}
