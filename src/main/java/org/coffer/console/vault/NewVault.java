package org.coffer.console.vault;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A vault to be made (V2).
 *
 * @param name 1 to 64 of Chinese, letters, digits, {@code _} and {@code -}; unique
 * @param description at most 255 characters
 * @param location where it will live
 * @param capacityGb 10 to 10,485,760
 * @param disks disks to bind at once; may be empty
 * @param encrypted whether the key is to be a secret
 * @param passphrase opens the vault on other computers too; the caller wipes it
 * @param autoExpand whether it grows by itself
 * @param backupPrefix put before the names of automatic backups; may be empty
 * @param tags key and value, at most 10
 * @param protection what it is for; one for copies has no disks
 */
public record NewVault(
        String name,
        String description,
        UUID location,
        long capacityGb,
        List<UUID> disks,
        boolean encrypted,
        Optional<char[]> passphrase,
        boolean autoExpand,
        String backupPrefix,
        Map<String, String> tags,
        Protection protection) {
    /** One for backups. */
    public NewVault(
            String name,
            String description,
            UUID location,
            long capacityGb,
            List<UUID> disks,
            boolean encrypted,
            Optional<char[]> passphrase,
            boolean autoExpand,
            String backupPrefix,
            Map<String, String> tags) {
        this(
                name,
                description,
                location,
                capacityGb,
                disks,
                encrypted,
                passphrase,
                autoExpand,
                backupPrefix,
                tags,
                Protection.BACKUP);
    }
}
