package org.coffer.window.audit;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEntry;
import org.coffer.console.audit.AuditFilter;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Writes lines of the record as CSV (RFC 4180, UTF-8 with a mark at the beginning, so that spreadsheets read Chinese
 * names): raw event names, moments in UTC, hashes included, so that machines can go on from there.
 */
final class AuditExport {
    private static final int AT_ONCE = 1000;
    private static final String HEAD =
            "seq,time,event,object_type,object_id,object_name,who,from,result,before,after,hash";

    private final Audit audit;

    AuditExport(Audit audit) {
        this.audit = audit;
    }

    /**
     * Writes every line that matches, newest first.
     *
     * @return how many lines were written
     * @throws ProblemException {@code file.unwritable}
     */
    long write(AuditFilter filter, Path file) {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write('\ufeff');
            out.write(HEAD);
            out.write("\r\n");
            long written = 0;
            List<AuditEntry> lines;
            do {
                lines = audit.list(filter, (int) written, AT_ONCE);
                for (AuditEntry line : lines) {
                    out.write(row(line));
                    out.write("\r\n");
                }
                written += lines.size();
            } while (lines.size() == AT_ONCE);
            return written;
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("file.unwritable", "path", file.toString(), "cause", String.valueOf(e.getMessage())), e);
        }
    }

    private static String row(AuditEntry line) {
        return List.of(
                        Long.toString(line.seq()),
                        line.at().toString(),
                        line.event().apiName(),
                        line.objectType(),
                        line.objectId(),
                        line.objectName(),
                        line.caller().who(),
                        line.caller().from().name(),
                        line.succeeded() ? "succeeded" : "failed",
                        pairs(line.before()),
                        pairs(line.after()),
                        line.hash())
                .stream()
                .map(AuditExport::field)
                .collect(Collectors.joining(","));
    }

    private static String pairs(Map<String, Object> values) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + pair.getValue())
                        .collect(Collectors.joining("; "));
    }

    /** A field; one that a spreadsheet would take for a formula is kept from being one. */
    private static String field(String value) {
        String safe = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
