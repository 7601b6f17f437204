package org.coffer.console.vault;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.coffer.console.catalog.Json;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;

/**
 * What a vault remembers about itself: its own slice of the catalog, as JSON under the vault's key. {@link Remembered} reads
 * it; {@code docs/vault-format.md} lists its fields.
 */
record VaultDescription(Map<String, Object> content) {
    static VaultDescription of(Vault vault, Optional<AutoBindRule> autoBind, Disks disks) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("version", 1);
        content.put("id", vault.id().toString());
        content.put("type", "disk");
        content.put("protection", vault.protection().name().toLowerCase(Locale.ROOT));
        content.put("name", vault.name());
        content.put("description", vault.description());
        content.put("capacityGb", vault.capacityGb());
        content.put("autoExpand", vault.autoExpand());
        content.put("backupPrefix", vault.backupPrefix());
        content.put("createdAt", vault.createdAt().toString());
        vault.trashedAt().ifPresent(at -> content.put("trashedAt", at.toString()));
        vault.sheetSaved().ifPresent(at -> content.put("sheetSaved", at.toString()));
        content.put("tags", vault.tags());
        autoBind.ifPresent(rule -> content.put("autoBind", Map.of("pattern", rule.pattern(), "folder", rule.folder())));
        List<Map<String, Object>> bound = vault.disks().stream()
                .flatMap(id -> disks.find(id).stream())
                .map(disk -> disk(disk, disks.identity(disk.id())))
                .toList();
        content.put("disks", bound);
        return new VaultDescription(content);
    }

    private static Map<String, Object> disk(Disk disk, String identity) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("id", disk.id().toString());
        content.put("identity", identity);
        content.put("name", disk.name());
        content.put("capacity", disk.capacity());
        content.put("role", disk.role().name());
        return content;
    }

    VaultDescription with(Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(content);
        all.putAll(more);
        return new VaultDescription(all);
    }

    byte[] toBytes() {
        return Json.write(content).getBytes(StandardCharsets.UTF_8);
    }
}
