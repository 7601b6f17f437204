package org.coffer.engine.vault;

import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Where the cryptography comes from: Amazon's Corretto provider where its native part runs, because it is at full speed
 * from the first byte, and the JDK's own everywhere else. The results are the same.
 */
final class Ciphers {
    private static final @Nullable Provider NATIVE = load();

    private Ciphers() {}

    /** AES in Galois/counter mode without padding. */
    static Cipher gcm() {
        try {
            return NATIVE == null
                    ? Cipher.getInstance("AES/GCM/NoPadding")
                    : Cipher.getInstance("AES/GCM/NoPadding", NATIVE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }

    /** HMAC with SHA-256. */
    static Mac hmac() {
        try {
            return NATIVE == null ? Mac.getInstance("HmacSHA256") : Mac.getInstance("HmacSHA256", NATIVE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC", e);
        }
    }

    private static @Nullable Provider load() {
        try {
            var provider = com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider.INSTANCE;
            return provider.getLoadingError() == null ? provider : null;
        } catch (LinkageError e) {
            // Not built for this system: the JDK's own cryptography takes its place.
            return null;
        }
    }
}
