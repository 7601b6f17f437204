package org.coffer.engine.store.s3;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoreException.Kind;
import org.coffer.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Reads out of a failed connection what failed: the name, the line, the certificate, the proxy. */
final class Faults {
    private final S3Address address;
    private final S3Network network;
    private final Map<String, String> environment;

    /** @param environment the variables of the process, which name the proxies that others use */
    Faults(S3Address address, S3Network network, Map<String, String> environment) {
        this.address = address;
        this.network = network;
        this.environment = environment;
    }

    /** What a connection's failure means. Refusals are {@link Refusals}' part. */
    Fault of(IOException thrown) {
        if (thrown instanceof Exchanges.Left) {
            return no(Kind.SILENT, Problem.of("location.silent", "location", where()), thrown);
        }
        if (thrown instanceof Exchanges.Stopped) {
            return no(Kind.UNREACHABLE, Problem.of("storage.broken", "location", where()), thrown);
        }
        if (thrown instanceof Answers.Harmed) {
            return again(Fault.Again.HARMED, Kind.DAMAGED, Problem.of("storage.damaged", "location", where()), thrown);
        }
        if (thrown instanceof Answers.Foreign) {
            return no(
                    Kind.UNREACHABLE,
                    Problem.of(
                            "storage.endpoint", "endpoint", address.endpoint().toString()),
                    thrown);
        }
        if (thrown instanceof SSLException) {
            return secrecy(thrown);
        }
        if (thrown instanceof UnknownHostException) {
            return absent(Problem.of("storage.name", "host", unknown(thrown)), thrown);
        }
        if (thrown instanceof ConnectException || thrown instanceof NoRouteToHostException) {
            return absent(Problem.of("storage.refused", "host", met(), "port", String.valueOf(metPort())), thrown);
        }
        String text = String.valueOf(thrown.getMessage());
        if (text.contains("authenticate with proxy") || text.contains("CONNECT: 407")) {
            return no(Kind.UNREACHABLE, Problem.of("storage.proxy.login", "proxy", proxy()), thrown);
        }
        if (text.contains("for CONNECT")) {
            return no(Kind.UNREACHABLE, Problem.of("storage.proxy", "proxy", proxy(), "host", address.host()), thrown);
        }
        if (thrown instanceof java.io.InterruptedIOException) {
            return absent(Problem.of("storage.silent", "host", met()), thrown);
        }
        if (thrown instanceof ProtocolException) {
            // Somebody is there; on a connection that was kept lay something else than an answer, which goes with that
            // connection.
            return again(
                    Fault.Again.HARMED, Kind.UNREACHABLE, Problem.of("storage.broken", "location", where()), thrown);
        }
        if (thrown instanceof SocketException
                || thrown instanceof EOFException
                || text.contains("unexpected end of stream")) {
            return again(
                    Fault.Again.ABSENT, Kind.UNREACHABLE, Problem.of("storage.broken", "location", where()), thrown);
        }
        return again(
                Fault.Again.ABSENT,
                Kind.OTHER,
                Problem.of("location.failed", "location", where(), "details", thrown.toString()),
                thrown);
    }

    private String where() {
        return address.toString();
    }

    /** Whom the connection goes to first. */
    private String met() {
        return network.proxy().map(S3Proxy::host).orElse(address.host());
    }

    private int metPort() {
        return network.proxy().map(S3Proxy::port).orElse(address.port());
    }

    private String proxy() {
        return network.proxy().map(S3Proxy::toString).orElse("");
    }

    private String unknown(IOException thrown) {
        return network.proxy().isPresent() || !address.pathStyle() ? named(thrown) : address.host();
    }

    /** The name that was looked for begins the message, with some explanation behind it. */
    private String named(IOException thrown) {
        String text = String.valueOf(thrown.getMessage());
        int colon = text.indexOf(": ");
        return colon > 0 ? text.substring(0, colon) : met();
    }

    /** A server that cannot be reached directly, on a computer whose other programs go through a proxy, needs that proxy. */
    private Fault absent(Problem problem, IOException thrown) {
        Optional<String> usual = network.proxy().isPresent() ? Optional.empty() : usualProxy();
        Problem told = usual.map(other -> Problem.of("storage.proxy.needed", "host", address.host(), "proxy", other))
                .orElse(problem);
        return again(Fault.Again.ABSENT, Kind.UNREACHABLE, told, thrown);
    }

    private Optional<String> usualProxy() {
        String scheme = address.secure() ? "https_proxy" : "http_proxy";
        return environment.entrySet().stream()
                .filter(variable -> variable.getKey().equalsIgnoreCase(scheme)
                        || variable.getKey().equalsIgnoreCase("all_proxy"))
                .map(variable -> withoutLogin(variable.getValue()))
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    private static String withoutLogin(String proxy) {
        return proxy.replaceFirst("^[a-zA-Z0-9+.-]+://", "")
                .replaceFirst("^[^@/]*@", "")
                .replaceFirst("/+$", "");
    }

    private Fault secrecy(IOException thrown) {
        String host = address.host();
        Problem problem;
        if (has(thrown, CertificateExpiredException.class) || says(thrown, "NotAfter")) {
            problem = Problem.of("storage.certificate.expired", "host", host);
        } else if (has(thrown, CertificateNotYetValidException.class) || says(thrown, "NotBefore")) {
            problem = Problem.of("storage.certificate.early", "host", host);
        } else if (thrown instanceof SSLPeerUnverifiedException || says(thrown, "No subject alternative")) {
            problem = Problem.of("storage.certificate.name", "host", host);
        } else if (has(thrown, CertPathBuilderException.class)
                || has(thrown, CertPathValidatorException.class)
                || says(thrown, "PKIX")) {
            problem = Problem.of("storage.certificate.unknown", "host", host);
        } else if (says(thrown, "closed") || says(thrown, "reset") || says(thrown, "terminated")) {
            return again(
                    Fault.Again.ABSENT, Kind.UNREACHABLE, Problem.of("storage.broken", "location", where()), thrown);
        } else {
            problem = Problem.of(
                    "storage.tls",
                    "host",
                    host,
                    "port",
                    String.valueOf(address.port()),
                    "details",
                    String.valueOf(thrown.getMessage()));
        }
        return no(Kind.UNREACHABLE, problem, thrown);
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean says(Throwable thrown, String words) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains(words)) {
                return true;
            }
        }
        return false;
    }

    private static Fault no(Kind kind, Problem problem, IOException thrown) {
        return again(Fault.Again.NO, kind, problem, thrown);
    }

    private static Fault again(Fault.Again again, Kind kind, Problem problem, IOException thrown) {
        return new Fault(new StoreException(kind, problem, message(thrown), thrown), again, Optional.empty());
    }

    private static String message(@Nullable Throwable thrown) {
        return String.valueOf(thrown);
    }
}
