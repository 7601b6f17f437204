package org.coffer.engine.vault;

/**
 * A logical pack: which session made it and its number there. Repacked copies keep it.
 *
 * @param session who made it
 * @param number 0 to 2^24 - 1
 */
record PackId(SessionId session, int number) {
    static final int MAX_NUMBER = (1 << 24) - 1;
}
