package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.SplittableRandom;
import org.coffer.engine.store.MemoryStore;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who gets in, who does not, and what they are told. */
class OpeningTest {
    private final MemoryStore store = new MemoryStore();

    private static Unlock passphrase(String text) {
        return new Unlock.Passphrase(text.toCharArray());
    }

    private String refused(Unlock unlock, @Nullable Pin pin) {
        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> Lab.open(store, unlock, pin).close());
        return refused.problem().code();
    }

    @Test
    void thePassphraseOpensInAnyUnicodeFormAndAnotherDoesNot() {
        try (Vault vault = Lab.create(store)) {
            vault.slots().addPassphrase("caf\u00e9 7".toCharArray());
        }
        Lab.open(store, passphrase("cafe\u0301 7"), null).close();
        assertThat(refused(passphrase("cafe 7"), null)).isEqualTo("key.wrong");
        assertThat(store.size()).isLessThan(2000);
    }

    @Test
    void aRemovedPassphraseOpensNoMore() {
        try (Vault vault = Lab.create(store)) {
            KeySlots.KeySlot slot = vault.slots().addPassphrase("once".toCharArray());
            assertThat(vault.slots().list()).containsExactly(slot);
            vault.slots().remove(slot.id());
            assertThat(vault.slots().list()).isEmpty();
        }
        assertThat(refused(passphrase("once"), null)).isEqualTo("key.wrong");
    }

    @Test
    void twoGoodCopiesOfASlotOutvoteABadOne() {
        try (Vault vault = Lab.create(store)) {
            vault.slots().addPassphrase("p".toCharArray());
        }
        store.bytes(store.list(Names.SLOT).getFirst().name())[100] ^= 4;
        Lab.open(store, passphrase("p"), null).close();
    }

    @Test
    void aForgedSlotThatWouldEatTheMachineIsNotTried() {
        try (Vault vault = Lab.create(store)) {
            vault.slots().addPassphrase("p".toCharArray());
        }
        store.list(Names.SLOT)
                .forEach(slot -> ByteBuffer.wrap(store.bytes(slot.name())).putInt(36, Integer.MAX_VALUE));
        // Two tebibytes would end this process.
        assertThat(refused(passphrase("p"), null)).isEqualTo("key.wrong");
    }

    @Test
    void theRecoveryCodeOpensHoweverItIsTypedAndAMistakeIsNoticed() {
        String code;
        try (Vault vault = Lab.create(store);
                MasterKey key = vault.key()) {
            code = key.recoveryCode();
        }
        assertThat(code).matches("([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}");
        Lab.open(store, new Unlock.Recovery(code), null).close();
        String sloppy = code.toLowerCase(Locale.ROOT)
                .replace('-', ' ')
                .replace('0', 'o')
                .replace('1', 'l');
        Lab.open(store, new Unlock.Recovery(sloppy), null).close();
        char other = code.charAt(8) == '7' ? '8' : '7';
        String typo = code.substring(0, 8) + other + code.substring(9);
        assertThat(refused(new Unlock.Recovery(typo), null)).isEqualTo("key.wrong");
        assertThat(refused(new Unlock.Recovery(code + "0"), null)).isEqualTo("key.wrong");
    }

    @Test
    void anUnencryptedVaultOpensWithNothingAnEncryptedOneDoesNot() {
        MemoryStore open = new MemoryStore();
        byte[] disk = Lab.noise(1000, 1);
        try (Vault vault = Vault.create(
                open, "open", new NewVault(false, "0.1"), Lab.key(), Lab.CLOCK, new SecureRandom(), Lab.SMALL)) {
            Lab.backUp(vault, "one", disk, null);
            assertThat(vault.encrypted()).isFalse();
        }
        try (Vault vault = Lab.open(open, new Unlock.Open(), null)) {
            assertThat(Lab.restore(vault, vault.backups().getFirst())).isEqualTo(disk);
        }
        Lab.create(store).close();
        assertThat(refused(new Unlock.Open(), null)).isEqualTo("key.wrong");
    }

    @Test
    void anotherKeyIsWrong() {
        Lab.create(store).close();
        MasterKey other = MasterKey.random(new SplittableRandom(99));
        assertThat(refused(new Unlock.Key(other), null)).isEqualTo("key.wrong");
    }

    @Test
    void aVaultOfANewerFormatIsLeftAlone() {
        Lab.create(store).close();
        for (int copy = 1; copy <= 3; copy++) {
            ByteBuffer.wrap(store.bytes("header-" + copy)).putShort(8, (short) 2);
        }
        MemoryStore before = store.copy();
        assertThatThrownBy(() -> Lab.open(store))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("vault.newer")
                .hasMessageContaining("version=0.1");
        assertThat(store.objects().keySet()).isEqualTo(before.objects().keySet());
    }

    @Test
    void aChangedHeaderIsRefusedWhenNoCopyIsGood() {
        Lab.create(store).close();
        store.bytes("header-1")[60] ^= 1;
        store.bytes("header-2")[60] ^= 1;
        try (Vault vault = Lab.open(store)) {
            assertThat(vault.damaged()).extracting(Damage::object).containsExactly("header-1", "header-2");
        }
        store.bytes("header-3")[60] ^= 1;
        assertThat(refused(new Unlock.Key(Lab.key()), null)).isEqualTo("vault.header");
    }

    @Test
    void anotherVaultInItsPlaceIsRefusedByThePin() {
        Pin pin;
        try (Vault vault = Lab.create(store)) {
            pin = vault.pin();
        }
        Lab.open(store, new Unlock.Key(Lab.key()), pin).close();
        MemoryStore other = new MemoryStore();
        Lab.create(other).close();
        other.objects().forEach((name, bytes) -> store.objects().put(name, bytes));

        assertThat(refused(new Unlock.Key(Lab.key()), pin)).isEqualTo("vault.header");
        MemoryStore strange = new MemoryStore();
        MasterKey foreign = MasterKey.random(new SplittableRandom(5));
        Vault.create(strange, "x", new NewVault(true, "0.1"), foreign, Lab.CLOCK, new SecureRandom(), Lab.SMALL)
                .close();
        strange.objects().forEach((name, bytes) -> store.objects().put(name, bytes));
        assertThat(refused(new Unlock.Key(Lab.key()), pin)).isEqualTo("vault.header");
    }

    @Test
    void anEmptyPlaceHasNoVault() {
        assertThat(refused(new Unlock.Key(Lab.key()), null)).isEqualTo("vault.header");
    }

    @Test
    void descriptionsAreRewrittenAndTheirLockOnlyTightens() {
        try (Vault vault = Lab.create(store)) {
            assertThat(vault.description()).isEmpty();
            for (int i = 1; i <= 20; i++) {
                vault.describe(new byte[] {(byte) i}, i == 5);
            }
            Description last = vault.description().orElseThrow();
            assertThat(last.generation()).isEqualTo(20);
            assertThat(last.payload()).containsExactly(20);
            assertThat(last.locked()).isTrue();
            assertThat(store.list(Names.DESCRIPTION)).hasSize(16);

            store.bytes(store.list(Names.DESCRIPTION).getLast().name())[70] ^= 1;
            assertThat(vault.description().orElseThrow().generation()).isEqualTo(19);
            assertThat(vault.damaged()).hasSize(1);
        }
    }
}
