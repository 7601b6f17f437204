package org.coffer.console.audit;

import java.util.function.Supplier;

/**
 * Who acts, and from where. Bound for the length of a call, so that services need no extra parameter; tasks remember
 * the caller that started them.
 *
 * @param who the account's name
 * @param from the way in
 */
public record Caller(String who, From from) {
    private static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

    /** The way in by which somebody acts. */
    public enum From {
        /** The window. */
        WINDOW,
        /** The command line. */
        COMMAND,
        /** A policy's slot. */
        SCHEDULE,
        /** Coffer by itself: housekeeping and settling after a crash. */
        COFFER
    }

    /** The account that runs this process, coming in by {@code from}. */
    public static Caller me(From from) {
        return new Caller(System.getProperty("user.name", "?"), from);
    }

    /** Who acts now; Coffer itself where nobody is bound. */
    public static Caller current() {
        return CURRENT.isBound() ? CURRENT.get() : me(From.COFFER);
    }

    /** Runs {@code act} as this caller. */
    public void run(Runnable act) {
        ScopedValue.where(CURRENT, this).run(act);
    }

    /** Runs {@code act} as this caller and returns its result. */
    public <T> T call(Supplier<T> act) {
        return ScopedValue.where(CURRENT, this).call(act::get);
    }
}
