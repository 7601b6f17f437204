package org.coffer.engine.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** Makes the web client of a place: whom it trusts, which way it goes, how long it waits for a sign of life. */
final class Clients {
    private Clients() {}

    /** @throws IOException if the file with certificates cannot be read or holds none */
    static OkHttpClient make(S3Settings settings) throws IOException {
        if (settings.address().secure()) {
            Digests.speedUpConnections();
        }
        S3Patience patience = settings.patience();
        OkHttpClient.Builder client = new OkHttpClient.Builder()
                // One connection a request in flight: streams within one would share its window.
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(2 * settings.habits().inFlight(), 2, TimeUnit.MINUTES))
                .connectTimeout(patience.silence())
                .readTimeout(patience.silence())
                .writeTimeout(patience.silence())
                // Repeating and redirecting are decided where they are counted and explained.
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .eventListenerFactory(Trace::of);
        client.proxy(settings.network().proxy().map(Clients::web).orElse(Proxy.NO_PROXY));
        settings.network().proxy().filter(proxy -> !proxy.user().isEmpty()).ifPresent(proxy -> signIn(client, proxy));
        Optional<Path> authority = settings.network().authority();
        if (authority.isPresent()) {
            trust(client, authority.get());
        }
        return client.build();
    }

    private static Proxy web(S3Proxy proxy) {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port()));
    }

    private static void signIn(OkHttpClient.Builder client, S3Proxy proxy) {
        String login = Credentials.basic(proxy.user(), proxy.password());
        client.proxyAuthenticator((route, response) -> response.request().header("Proxy-Authorization") != null
                ? null // It was shown, and refused.
                : response.request()
                        .newBuilder()
                        .header("Proxy-Authorization", login)
                        .build());
        // What is not encrypted passes the proxy request by request: unasked, or each would have to be sent twice.
        client.addNetworkInterceptor(chain -> chain.proceed(
                chain.request().isHttps()
                        ? chain.request()
                        : chain.request()
                                .newBuilder()
                                .header("Proxy-Authorization", login)
                                .build()));
    }

    private static void trust(OkHttpClient.Builder client, Path authority) throws IOException {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (X509Certificate known : manager(null).getAcceptedIssuers()) {
                trusted.setCertificateEntry("system-" + number++, known);
            }
            for (Certificate own : read(authority)) {
                trusted.setCertificateEntry("own-" + number++, own);
            }
            X509TrustManager manager = manager(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            client.sslSocketFactory(context.getSocketFactory(), manager);
        } catch (GeneralSecurityException e) {
            throw new IOException("these certificates cannot be used: " + authority, e);
        }
    }

    private static Collection<? extends Certificate> read(Path authority) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(authority)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IOException("no certificate in " + authority);
            }
            return found;
        }
    }

    private static X509TrustManager manager(@org.jspecify.annotations.Nullable KeyStore trusted)
            throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("no trust manager for certificates");
    }
}
