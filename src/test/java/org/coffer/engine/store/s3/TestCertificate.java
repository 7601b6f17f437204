package org.coffer.engine.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate made by the JDK's own tool, as a server has it and as a client is given it. */
public record TestCertificate(SSLContext server, Path file) {
    /**
     * Makes one of its own name and key.
     *
     * @param options more options of keytool, such as {@code -validity}
     */
    public static TestCertificate make(Path folder, String name, String... options) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Path file = folder.resolve(name + ".pem");
        List<String> make = new ArrayList<>(
                List.of("-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=test", "-storetype", "PKCS12"));
        make.addAll(Arrays.asList(options));
        keytool(store, make);
        keytool(store, List.of("-exportcert", "-alias", "a", "-rfc", "-file", file.toString()));
        return new TestCertificate(context(store), file);
    }

    /** The same, signed by an authority of its own, which is what a client is given: only then its dates count. */
    public static TestCertificate signed(Path folder, String name, String... options) throws Exception {
        make(folder, name);
        TestCertificate authority = make(folder, name + "-ca", "-ext", "bc:c");
        Path store = folder.resolve(name + ".p12");
        String asked = folder.resolve(name + ".csr").toString();
        String given = folder.resolve(name + "-signed.pem").toString();
        keytool(store, List.of("-certreq", "-alias", "a", "-file", asked));
        List<String> sign =
                new ArrayList<>(List.of("-gencert", "-alias", "a", "-rfc", "-infile", asked, "-outfile", given));
        sign.addAll(Arrays.asList(options));
        keytool(folder.resolve(name + "-ca.p12"), sign);
        keytool(
                store,
                List.of(
                        "-importcert",
                        "-noprompt",
                        "-alias",
                        "ca",
                        "-file",
                        authority.file().toString()));
        keytool(store, List.of("-importcert", "-noprompt", "-alias", "a", "-file", given));
        return new TestCertificate(context(store), authority.file());
    }

    private static void keytool(Path store, List<String> what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(what);
        command.addAll(List.of("-keystore", store.toString(), "-storepass", "secret"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "secret".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "secret".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
