package org.coffer.engine.store.s3;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoreException.Kind;
import org.coffer.problem.Problem;

/**
 * Reads out of a server's refusal what is wrong. The names of errors are those of Amazon's <cite>S3 API Reference, Error
 * Responses</cite>, with the few that MinIO, Ceph, Swift and OBS add.
 */
final class Refusals {
    /** Clocks further apart than this explain any refusal; servers allow 15 minutes. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private static final Set<String> BUSY = Set.of(
            "SlowDown",
            "SlowDownRead",
            "SlowDownWrite",
            "ServiceUnavailable",
            "TooManyRequests",
            "RequestLimitExceeded",
            "Throttling",
            "ThrottlingException",
            "BandwidthLimitExceeded",
            "Busy");
    private static final Set<String> HARMED = Set.of(
            "BadDigest",
            "InvalidDigest",
            "IncompleteBody",
            "XAmzContentSHA256Mismatch",
            "XAmzContentChecksumMismatch",
            "UnexpectedContent");
    private static final Set<String> FULL = Set.of(
            "QuotaExceeded",
            "InsufficientStorage",
            "InsufficientStorageSpace",
            "ServiceQuotaExceeded",
            "XMinioStorageFull",
            "XMinioAdminBucketQuotaExceeded");
    private static final Set<String> KEY =
            Set.of("InvalidAccessKeyId", "UnknownAccessKeyId", "AccessKeyDisabled", "InvalidSecurity");
    private static final Set<String> TOKEN = Set.of("ExpiredToken", "InvalidToken", "TokenRefreshRequired");
    private static final Set<String> REGION = Set.of(
            "PermanentRedirect",
            "TemporaryRedirect",
            "Redirect",
            "AuthorizationHeaderMalformed",
            "IllegalLocationConstraintException",
            "InvalidRegion");
    private static final Set<String> AGAIN =
            Set.of("RequestTimeout", "InternalError", "OperationAborted", "ConditionalRequestConflict");

    private final S3Address address;
    private final Clock clock;

    Refusals(S3Address address, Clock clock) {
        this.address = address;
        this.clock = clock;
    }

    /**
     * What a refusal means.
     *
     * @param worked whether the place did what it was asked to before, with the same key
     */
    Fault of(Refusal said, S3Request asked, boolean worked) {
        String code = said.code();
        int status = said.status();
        if (code.equals("NoSuchKey") || (status == 404 && asked.act() == S3Request.Act.HEAD)) {
            return no(said, Kind.MISSING, Problem.of("location.missing", "path", asked.key(), "location", where()));
        }
        if (code.equals("InvalidRange") || status == 416) {
            return no(said, Kind.MISSING, Problem.of("location.missing", "path", asked.key(), "location", where()));
        }
        if (code.equals("NoSuchBucket")) {
            return no(said, Kind.UNREACHABLE, bucket(worked));
        }
        if (status == 407) {
            return no(said, Kind.UNREACHABLE, Problem.of("storage.proxy.login", "proxy", address.host()));
        }
        Optional<Problem> clocks = clocks(said);
        if (clocks.isPresent()) {
            return no(said, Kind.DENIED, clocks.get());
        }
        if (HARMED.contains(code) || (code.equals("SignatureDoesNotMatch") && worked)) {
            return again(said, Fault.Again.HARMED, Kind.DAMAGED, Problem.of("storage.damaged", "location", where()));
        }
        if (FULL.contains(code) || status == 507) {
            return no(said, Kind.FULL, Problem.of("storage.full", "location", where()));
        }
        if (BUSY.contains(code) || status == 429 || status == 503) {
            return again(said, Fault.Again.BUSY, Kind.UNREACHABLE, Problem.of("storage.busy", "location", where()));
        }
        if (AGAIN.contains(code) || status == 408 || (status >= 500 && status != 501)) {
            return again(
                    said,
                    Fault.Again.BUSY,
                    Kind.UNREACHABLE,
                    Problem.of("storage.failing", "location", where(), "details", String.valueOf(said.getMessage())));
        }
        return rights(said, asked);
    }

    private Fault rights(Refusal said, S3Request asked) {
        String code = said.code();
        if (KEY.contains(code)) {
            return no(said, Kind.DENIED, Problem.of("storage.key", "host", address.host()));
        }
        if (code.equals("SignatureDoesNotMatch")) {
            return no(said, Kind.DENIED, Problem.of("storage.secret", "host", address.host()));
        }
        if (TOKEN.contains(code)) {
            return no(said, Kind.DENIED, Problem.of("storage.token", "host", address.host()));
        }
        if (REGION.contains(code) || said.status() == 301 || said.status() == 307) {
            return no(said, Kind.UNREACHABLE, region(said));
        }
        if (code.equals("AccessDenied") || code.equals("AllAccessDisabled") || said.status() == 403) {
            return no(said, Kind.DENIED, denied(asked));
        }
        if (code.isEmpty() && said.status() != 501) {
            return no(
                    said,
                    Kind.UNREACHABLE,
                    Problem.of(
                            "storage.endpoint", "endpoint", address.endpoint().toString()));
        }
        return no(
                said,
                Kind.OTHER,
                Problem.of("location.failed", "location", where(), "details", String.valueOf(said.getMessage())));
    }

    private Problem bucket(boolean worked) {
        return worked
                ? Problem.of("storage.bucket.gone", "bucket", address.bucket(), "host", address.host())
                : Problem.of("storage.bucket", "bucket", address.bucket(), "host", address.host());
    }

    private Problem region(Refusal said) {
        return said.region()
                .map(right -> Problem.of(
                        "storage.region.other", "bucket", address.bucket(), "region", address.region(), "right", right))
                .orElseGet(() -> Problem.of("storage.region", "bucket", address.bucket(), "region", address.region()));
    }

    private Problem denied(S3Request asked) {
        return switch (asked.act()) {
            case WRITE -> Problem.of("storage.denied.write", "location", where());
            case READ, HEAD -> Problem.of("storage.denied.read", "location", where());
            case LIST -> Problem.of("storage.denied.list", "location", where());
            case DELETE -> Problem.of("storage.denied.delete", "location", where());
        };
    }

    /** Clocks that are too far apart, if that is what is wrong. */
    private Optional<Problem> clocks(Refusal said) {
        boolean named =
                said.code().equals("RequestTimeTooSkewed") || said.code().equals("RequestExpired");
        boolean possible = named || (said.status() == 403 || said.status() == 400);
        if (!possible || said.date().isEmpty()) {
            return Optional.empty();
        }
        Duration ahead = Duration.between(said.date().get(), clock.instant());
        if (!named && ahead.abs().compareTo(SKEW) < 0) {
            return Optional.empty();
        }
        return Optional.of(skew(ahead, address.host()));
    }

    /** The problem of a clock that is wrong by so much. */
    static Problem skew(Duration ahead, String host) {
        return ahead.isNegative()
                ? Problem.of("storage.clock.behind", "by", ahead.negated(), "host", host)
                : Problem.of("storage.clock.ahead", "by", ahead, "host", host);
    }

    private String where() {
        return address.toString();
    }

    private static Fault no(Refusal said, Kind kind, Problem problem) {
        return again(said, Fault.Again.NO, kind, problem);
    }

    private static Fault again(Refusal said, Fault.Again again, Kind kind, Problem problem) {
        return new Fault(
                new StoreException(kind, problem, String.valueOf(said.getMessage()), said), again, said.after());
    }
}
