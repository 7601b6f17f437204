package org.coffer.engine.vault;

/** A way to get at the key of a vault. */
public sealed interface Unlock {
    /** The key itself, as the home keeps it. */
    record Key(MasterKey key) implements Unlock {}

    /**
     * A passphrase, tried on each passphrase slot.
     *
     * @param passphrase the caller wipes it afterwards
     */
    @SuppressWarnings("ArrayRecordComponent") // Characters, so that they can be wiped.
    record Passphrase(char[] passphrase) implements Unlock {
        /** Says nothing. */
        @Override
        public String toString() {
            return "Passphrase";
        }
    }

    /** The code of a recovery sheet, as typed. */
    record Recovery(String code) implements Unlock {
        /** Says nothing. */
        @Override
        public String toString() {
            return "Recovery";
        }
    }

    /** The open slot of a vault that is not encrypted. */
    record Open() implements Unlock {}
}
