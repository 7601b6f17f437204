package org.coffer.engine.vault;

import java.io.IOException;
import java.io.Serial;

/** An object of the vault cannot be used. Internal; {@link Place} makes a problem of it at the border. */
final class DamagedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String object;
    private final Damage.Reason reason;

    DamagedException(String object, Damage.Reason reason, String detail) {
        super(object + ": " + detail);
        this.object = object;
        this.reason = reason;
    }

    DamagedException(String object, String detail) {
        this(object, Damage.Reason.DAMAGED, detail);
    }

    /** @param cause what the place said */
    DamagedException(String object, String detail, Throwable cause) {
        this(object, Damage.Reason.DAMAGED, detail);
        initCause(cause);
    }

    String object() {
        return object;
    }

    Damage.Reason reason() {
        return reason;
    }
}
