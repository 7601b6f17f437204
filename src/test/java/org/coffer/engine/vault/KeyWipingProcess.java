package org.coffer.engine.vault;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.TroubledStore;
import org.coffer.engine.store.TroubledStore.Trouble;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;

/** A process that does everything with the key of a vault, well and badly, and writes down what is in its memory then. */
final class KeyWipingProcess {
    private static final int LENGTH = 32;

    private KeyWipingProcess() {}

    /** The same bytes in every process; nobody keeps them. */
    static byte[] secret(int number) {
        byte[] bytes = new byte[LENGTH];
        new SplittableRandom(70_000 + number).nextBytes(bytes); // Other bytes than those of disks.
        return bytes;
    }

    /** Letters out of the same. */
    static byte[] words(int number) {
        byte[] letters = secret(number);
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (byte) ('a' + (letters[i] & 15));
        }
        return letters;
    }

    private static char[] passphrase(int number) {
        byte[] letters = words(number);
        char[] chars = new char[letters.length];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) letters[i];
        }
        Arrays.fill(letters, (byte) 0);
        return chars;
    }

    /**
     * Does it all.
     *
     * @param args the file that is to hold the memory
     */
    public static void main(String[] args) throws IOException {
        byte[] found = secret(0); // Not wiped, so that the test sees that it would find such a thing.
        byte[] bytes = secret(1);
        MemoryStore store = new MemoryStore();
        char[] passphrase = passphrase(2);
        try (MasterKey key = MasterKey.of(bytes)) {
            Arrays.fill(bytes, (byte) 0);
            try (Vault vault = Vault.create(
                    store, "lab", new NewVault(true, "0.1"), key, Lab.CLOCK, new SecureRandom(), Lab.SMALL)) {
                vault.slots().addPassphrase(passphrase);
                Lab.backUp(vault, "one", Lab.noise(Lab.BLOCK, 1), null);
            }
            // The head can be read, and then nothing more.
            fails(() -> Lab.open(new TroubledStore(store, Trouble.GONE, 3).seen(), new Unlock.Key(key), null));
            fails(() -> Lab.open(new MemoryStore(), new Unlock.Key(key), null));
        }
        try (Vault vault = Lab.open(store, new Unlock.Passphrase(passphrase), null);
                MasterKey copy = vault.key()) {
            vault.verify(vault.backups().stream().map(Commit::id).toList(), Round.everything(), Work.quiet());
            try (MasterKey read = RecoveryCode.parse(copy.recoveryCode()).orElseThrow()) {
                if (!read.same(copy)) {
                    throw new IllegalStateException("the recovery code is of another key");
                }
            }
        }
        char[] wrong = passphrase(3);
        fails(() -> Lab.open(store, new Unlock.Passphrase(wrong), null));
        Arrays.fill(wrong, '\0');
        Arrays.fill(passphrase, '\0');
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], false);
        System.out.println(found.length);
    }

    private static void fails(Runnable act) {
        try {
            act.run();
        } catch (ProblemException e) {
            return;
        }
        throw new IllegalStateException("worked");
    }
}
