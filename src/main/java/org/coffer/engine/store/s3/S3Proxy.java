package org.coffer.engine.store.s3;

/**
 * The web proxy that stands between this computer and a server.
 *
 * @param host its name or number
 * @param port its port
 * @param user who it knows; empty if it asks nobody
 * @param password what goes with the user; never shown
 */
public record S3Proxy(String host, int port, String user, String password) {
    /** A proxy that asks nobody who they are. */
    public S3Proxy(String host, int port) {
        this(host, port, "", "");
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
