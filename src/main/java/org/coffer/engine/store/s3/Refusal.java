package org.coffer.engine.store.s3;

import io.minio.messages.ErrorResponse;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** An answer that says no, as the server gave it. */
final class Refusal extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Most bytes of an explanation that are read. */
    private static final int MOST = 64 << 10;

    private static final Pattern REGION = Pattern.compile("<Region>([^<]{1,64})</Region>");

    private final int status;
    private final String code;
    private final String details;
    private final @Nullable String region;
    private final @Nullable Duration after;
    private final @Nullable Instant date;

    private Refusal(
            int status,
            String code,
            String details,
            @Nullable String region,
            @Nullable Duration after,
            @Nullable Instant date) {
        super(status + (code.isEmpty() ? "" : " " + code) + (details.isEmpty() ? "" : ": " + details));
        this.status = status;
        this.code = code;
        this.details = details;
        this.region = region;
        this.after = after;
        this.date = date;
    }

    /** Reads an answer that is not the wanted one. */
    static Refusal read(Response response, Instant now) throws IOException {
        String text = text(response);
        String code = "";
        String details = "";
        try {
            ErrorResponse said = text.contains("<Error") ? Messages.read(ErrorResponse.class, text) : null;
            if (said != null) {
                code = orEmpty(said.code());
                details = orEmpty(said.message());
            }
        } catch (Messages.Unreadable e) {
            // No error of object storage: it is judged by its status.
            details = "";
        }
        Matcher inside = REGION.matcher(text);
        String region = response.header("x-amz-bucket-region");
        return new Refusal(
                response.code(),
                code,
                details,
                region == null && inside.find() ? inside.group(1) : region,
                after(response, now),
                date(response).orElse(null));
    }

    /** An error in the body of an answer that began as a success. */
    static Refusal late(String text) {
        try {
            ErrorResponse said = Messages.read(ErrorResponse.class, text);
            return new Refusal(500, orEmpty(said.code()), orEmpty(said.message()), null, null, null);
        } catch (Messages.Unreadable e) {
            return new Refusal(500, "", "", null, null, null);
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String text(Response response) throws IOException {
        BufferedSource source = response.body().source();
        source.request(MOST);
        long length = Math.min(MOST, source.getBuffer().size());
        return source.readString(length, StandardCharsets.UTF_8);
    }

    private static @Nullable Duration after(Response response, Instant now) {
        String value = response.header("Retry-After");
        if (value == null) {
            return null;
        }
        try {
            return Duration.ofSeconds(Math.max(0, Long.parseLong(value.strip())));
        } catch (NumberFormatException e) {
            return moment(value)
                    .map(then -> Duration.between(now, then))
                    .filter(wait -> !wait.isNegative())
                    .orElse(null);
        }
    }

    /** When the server says that it is. */
    static Optional<Instant> date(Response response) {
        String value = response.header("Date");
        return value == null ? Optional.empty() : moment(value);
    }

    private static Optional<Instant> moment(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    int status() {
        return status;
    }

    /** The name of the error in the language of S3; empty if it did not speak that. */
    String code() {
        return code;
    }

    String details() {
        return details;
    }

    /** Where the bucket is, if the server said so. */
    Optional<String> region() {
        return Optional.ofNullable(region);
    }

    /** When to come again, if the server said so. */
    Optional<Duration> after() {
        return Optional.ofNullable(after);
    }

    /** When the server says that it is. */
    Optional<Instant> date() {
        return Optional.ofNullable(date);
    }
}
