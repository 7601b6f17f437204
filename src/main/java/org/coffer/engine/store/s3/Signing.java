package org.coffer.engine.store.s3;

import io.minio.Signer;
import io.minio.Time;
import io.minio.Utils;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Turns what is asked into a web request that proves who asks (AWS Signature Version 4). The checksum of what goes out is
 * part of the signature, so that a server that checks signatures checks the bytes too.
 */
final class Signing {
    private final S3Address address;
    private final Supplier<S3Credentials> credentials;
    private final Clock clock;
    private final HttpUrl server;

    Signing(S3Address address, Supplier<S3Credentials> credentials, Clock clock) {
        this.address = address;
        this.credentials = credentials;
        this.clock = clock;
        this.server = server(address);
    }

    private static HttpUrl server(S3Address address) {
        URI endpoint = address.endpoint();
        HttpUrl.Builder builder = new HttpUrl.Builder()
                .scheme(address.secure() ? "https" : "http")
                .host(address.pathStyle() ? address.host() : address.bucket() + "." + address.host())
                .port(address.port());
        for (String step : String.valueOf(endpoint.getPath()).split("/", -1)) {
            if (!step.isEmpty()) {
                builder.addPathSegment(step);
            }
        }
        if (address.pathStyle()) {
            builder.addEncodedPathSegments(Utils.encodePath(address.bucket()));
        }
        return builder.build();
    }

    /** Signs a request with the key and the time of now. */
    Request sign(S3Request asked, Trace trace) throws IOException {
        S3Credentials key = credentials.get();
        HttpUrl url = url(asked);
        String sha256 = (asked.payload() == null ? Payload.NONE : asked.payload()).sha256();
        Request.Builder request = new Request.Builder()
                .url(url)
                .tag(Trace.class, trace)
                .method(
                        asked.method(),
                        asked.payload() == null ? null : asked.payload().body())
                .header("Host", Utils.getHostHeader(url))
                .header("User-Agent", "Coffer")
                // Lengths and checksums are those of the object itself.
                .header("Accept-Encoding", "identity")
                .header("x-amz-content-sha256", sha256)
                .header(
                        "x-amz-date",
                        ZonedDateTime.now(clock.withZone(ZoneOffset.UTC)).format(Time.AMZ_DATE_FORMAT));
        if (!key.token().isEmpty()) {
            request.header("X-Amz-Security-Token", key.token());
        }
        asked.headers().forEach(header -> request.header(header.name(), header.value()));
        try {
            return Signer.signV4S3(request.build(), address.region(), key.accessKey(), key.secretKey(), sha256);
        } catch (MinioException e) {
            throw new IOException("the request could not be signed", e);
        }
    }

    private HttpUrl url(S3Request asked) {
        HttpUrl.Builder url = server.newBuilder();
        if (!asked.key().isEmpty()) {
            url.addEncodedPathSegments(Utils.encodePath(asked.key()));
        }
        asked.query()
                .forEach(pair -> url.addEncodedQueryParameter(Utils.encode(pair.name()), Utils.encode(pair.value())));
        return url.build();
    }
}
