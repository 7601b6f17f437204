package org.coffer.engine.vault;

/**
 * A logical pack: which session made it and its number there. Repacked copies keep it.
 *
 * @param session who made it
 * @param number 0 to 2^24 - 1
 */
record PackId(SessionId session, int number) {
    static final int MAX_NUMBER = (1 << 24) - 1;

    // What Java makes by itself for a record goes through method handles, which its quick compiler does not take apart;
    // and this is a
    // key for every block of a walk.

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof PackId pack && number == pack.number && session.equals(pack.session));
    }

    @Override
    public int hashCode() {
        return 31 * session.hashCode() + number;
    }
}
