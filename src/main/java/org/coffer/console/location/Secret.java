package org.coffer.console.location;

/**
 * The secret half of a key for object storage (L4). Its text is never shown.
 *
 * @param text the key
 */
public record Secret(String text) {
    /** No secret. */
    public static final Secret NONE = new Secret("");

    @Override
    public String toString() {
        return "Secret[…]";
    }
}
