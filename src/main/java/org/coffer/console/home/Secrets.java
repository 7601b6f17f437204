package org.coffer.console.home;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * The home's secrets (L4): the keys of the vaults, sealed in the file {@code secrets}.
 *
 * <p>The sealing key is made from {@code secrets.key}, random bytes that only this account may read, and from the
 * computer's own identity: a copy of the folder on another computer, or of {@code secrets} without its key, opens
 * nothing. Whoever is root on this computer can open it; whoever must be kept out of that keeps the keys out of the home
 * by locking the vault with a passphrase. Each change is written beside the old file, synced, and renamed over it.
 */
public final class Secrets {
    private static final int TAG_BITS = 128;
    private static final int NONCE_BYTES = 12;

    private final Path file;
    private final Path keyFile;
    private final Path machineId;
    private final SecureRandom random = new SecureRandom();

    /** Uses the secrets of a home; nothing is read or made yet. */
    public Secrets(Path home) {
        this(home, Path.of("/etc/machine-id"));
    }

    /** @param machineId the file that tells this computer from all others */
    Secrets(Path home, Path machineId) {
        this.file = home.resolve("secrets");
        this.keyFile = home.resolve("secrets.key");
        this.machineId = machineId;
    }

    /** The secret kept under {@code name}, if any. The caller wipes the array when done. */
    public synchronized Optional<byte[]> get(String name) {
        return Optional.ofNullable(load().get(name)).map(Base64.getDecoder()::decode);
    }

    /**
     * Keeps a secret durably, in place of one kept under that name before. A file that cannot be read is kept aside as
     * {@code secrets.unreadable-1} and so on: whoever unlocks a vault again must not be stopped by it.
     */
    public synchronized void put(String name, byte[] secret) {
        Map<String, String> all = readable() ? load() : startAfresh();
        all.put(name, Base64.getEncoder().encodeToString(secret));
        save(all);
    }

    /** Forgets a secret. In a file that cannot be read there is nothing left to forget. */
    public synchronized void remove(String name) {
        if (!readable()) {
            return;
        }
        Map<String, String> all = load();
        if (all.remove(name) != null) {
            save(all);
        }
    }

    /** Whether what is kept here can be read: it was sealed on this computer, with this key, and is whole. */
    private boolean readable() {
        try {
            load();
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    private Map<String, String> startAfresh() {
        try {
            int number = 1;
            while (Files.exists(aside(number))) {
                number++;
            }
            Files.move(file, aside(number));
            return new LinkedHashMap<>();
        } catch (IOException e) {
            throw new ProblemException(Problem.of("secrets.unreadable", "path", file.toString()), e);
        }
    }

    private Path aside(int number) {
        return file.resolveSibling("secrets.unreadable-" + number);
    }

    private Map<String, String> load() {
        if (!Files.exists(file)) {
            return new LinkedHashMap<>();
        }
        try {
            byte[] sealed = Files.readAllBytes(file);
            if (sealed.length < NONCE_BYTES) {
                throw new IOException("cut short");
            }
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES));
            byte[] plain = cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            Map<String, String> all = new LinkedHashMap<>();
            try {
                JSON.std.mapFrom(plain).forEach((k, v) -> all.put(k, (String) v));
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
            return all;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new ProblemException(Problem.of("secrets.unreadable", "path", file.toString()), e);
        }
    }

    private void save(Map<String, String> all) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            byte[] plain = JSON.std.asBytes(all);
            try {
                writePrivately(file, nonce, cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain));
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException, IOException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] key = sealingKey();
        try {
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
        cipher.updateAAD("coffer secrets 1".getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    private byte[] sealingKey() throws GeneralSecurityException, IOException {
        if (!Files.exists(keyFile)) {
            byte[] fresh = new byte[32];
            random.nextBytes(fresh);
            writePrivately(keyFile, fresh);
            Arrays.fill(fresh, (byte) 0);
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] own = Files.readAllBytes(keyFile);
        try {
            mac.init(new SecretKeySpec(own, "HmacSHA256"));
        } finally {
            Arrays.fill(own, (byte) 0);
        }
        return mac.doFinal(computer());
    }

    /** The computer's identity where the system has one, else nothing: the key file alone then seals. */
    private byte[] computer() throws IOException {
        return Files.isReadable(machineId) ? Files.readAllBytes(machineId) : new byte[0];
    }

    private static void writePrivately(Path file, byte[]... parts) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        boolean posix = Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
        if (posix) {
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(temporary);
        }
        try (FileChannel channel = FileChannel.open(temporary, Set.of(StandardOpenOption.WRITE))) {
            for (byte[] part : parts) {
                ByteBuffer left = ByteBuffer.wrap(part);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (posix) {
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }
}
