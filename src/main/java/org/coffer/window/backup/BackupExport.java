package org.coffer.window.backup;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.Backups;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Writes a list of backups to a file, in pages, so that any number fits into memory. Field names and values are the same
 * in every language: other programs read them. The file appears under its name only when it is whole.
 */
public final class BackupExport {
    private static final int PAGE = 1000;

    private final Backups backups;

    /** Exports out of {@code backups}. */
    public BackupExport(Backups backups) {
        this.backups = backups;
    }

    /** The kinds of files. */
    public enum Format {
        /** Comma-separated, quoted as RFC 4180 says, with a line of field names. */
        CSV,
        /** An array of objects. */
        JSON;

        /** A name to begin with. */
        String fileName() {
            return "backups." + name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Writes all backups that match and says how many there were.
     *
     * @throws ProblemException {@code location.denied} if the file cannot be written
     */
    public long write(Path file, Format format, BackupFilter filter, BackupSort sort) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            long count;
            try (BufferedWriter out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
                count = format == Format.CSV ? csv(out, filter, sort) : json(out, filter, sort);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            return count;
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(
                            "location.denied",
                            "path",
                            String.valueOf(file.getParent()),
                            "user",
                            System.getProperty("user.name", "?")),
                    e);
        }
    }

    private long csv(BufferedWriter out, BackupFilter filter, BackupSort sort) throws IOException {
        long count = 0;
        for (int offset = 0; ; offset += PAGE) {
            List<Backup> page = backups.list(filter, sort, offset, PAGE);
            if (offset == 0) {
                out.write(String.join(",", NAMES) + "\r\n");
            }
            for (Backup backup : page) {
                out.write(fields(backup).values().stream()
                                .map(value -> quoted(String.valueOf(value)))
                                .collect(Collectors.joining(","))
                        + "\r\n");
                count++;
            }
            if (page.size() < PAGE) {
                return count;
            }
        }
    }

    private long json(BufferedWriter out, BackupFilter filter, BackupSort sort) throws IOException {
        long count = 0;
        out.write("[");
        for (int offset = 0; ; offset += PAGE) {
            List<Backup> page = backups.list(filter, sort, offset, PAGE);
            for (Backup backup : page) {
                out.write((count++ == 0 ? "\n" : ",\n") + JSON.std.asString(fields(backup)));
            }
            if (page.size() < PAGE) {
                out.write("\n]\n");
                return count;
            }
        }
    }

    /** Commas, quotes and line ends are quoted; so is what a spreadsheet would take for a formula. */
    private static String quoted(String value) {
        boolean formula = !value.isEmpty() && "=+-@".indexOf(value.charAt(0)) >= 0 && !value.matches("-?\\d+");
        String safe = formula ? "'" + value : value;
        return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    private static final List<String> NAMES = List.of(
            "name",
            "id",
            "status",
            "disk",
            "disk_id",
            "vault",
            "vault_id",
            "created_at",
            "finished_at",
            "expires_at",
            "disk_bytes",
            "data_bytes",
            "added_bytes",
            "only_here_bytes",
            "frees_now_bytes",
            "kind",
            "origin",
            "consistency",
            "reason",
            "damaged",
            "verified_at",
            "description",
            "problem");

    private static Map<String, Object> fields(Backup backup) {
        Backup.Sizes sizes = backup.sizes();
        List<Object> values = List.of(
                backup.name(),
                backup.id().toString(),
                word(backup.status()),
                backup.diskName(),
                backup.diskId().toString(),
                backup.vaultName(),
                backup.vaultId().toString(),
                backup.createdAt().toString(),
                moment(backup.finishedAt()),
                moment(backup.expiresAt()),
                sizes.capacity(),
                sizes.logical(),
                sizes.added(),
                sizes.onlyHere(),
                sizes.freesNow(),
                word(backup.kind()),
                word(backup.origin()),
                word(backup.consistency()),
                backup.reason(),
                backup.damaged(),
                moment(backup.verifiedAt()),
                backup.description(),
                backup.problem().map(Problem::code).orElse(""));
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            fields.put(NAMES.get(i), values.get(i));
        }
        return fields;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String moment(Optional<Instant> at) {
        return at.map(Instant::toString).orElse("");
    }
}
