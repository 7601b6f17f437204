package org.coffer.window.disk;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;

/**
 * A disk in the list.
 *
 * @param disk the disk
 * @param vault the vault that protects it
 */
public record DiskRow(Disk disk, Optional<Vault> vault) {

    String id() {
        return disk.id().toString();
    }

    /** Maker and serial number; for image files what they are called on disk. */
    String about() {
        if (disk.image()) {
            return disk.path().getFileName() == null
                    ? ""
                    : disk.path().getFileName().toString();
        }
        return String.join(
                " · ",
                List.of(disk.model(), disk.serial()).stream()
                        .filter(part -> !part.isBlank())
                        .toList());
    }

    boolean matches(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return wanted.isEmpty()
                || List.of(disk.name(), disk.path().toString(), disk.model(), disk.serial()).stream()
                        .anyMatch(word -> word.toLowerCase(Locale.ROOT).contains(wanted));
    }
}
