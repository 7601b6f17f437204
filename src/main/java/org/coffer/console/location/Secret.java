package org.coffer.console.location;

/**
 * What must stay secret of the way to object storage (L4). Its text is never shown.
 *
 * @param text the secret half of the key
 * @param proxyPassword what goes with the user that the proxy knows; empty if it asks nobody
 */
public record Secret(String text, String proxyPassword) {
    /** No secret. */
    public static final Secret NONE = new Secret("");

    /** The secret half of a key, where no proxy asks who is there. */
    public Secret(String text) {
        this(text, "");
    }

    /** The same, with what is given here in the place of what is not. */
    Secret or(Secret before) {
        return new Secret(
                text.isEmpty() ? before.text : text, proxyPassword.isEmpty() ? before.proxyPassword : proxyPassword);
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }
}
