package org.coffer.engine.vault;

import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of a vault's objects. */
final class Names {
    static final String SESSION = "session/";
    static final String COMMIT = "commit/";
    static final String GONE = "gone/";
    static final String ASK = "ask/";
    static final String SPENT = "spent/";
    static final String CONDEMNED = "condemned/";
    static final String USES = "uses/";
    static final String ABOUT = "about/";
    static final String INDEX = "index/";
    static final String DESCRIPTION = "desc/";
    static final String SLOT = "slot/";
    static final String HEADER = "header-";

    /** What lies right below a vault; what a file manager leaves there no store shows. */
    private static final Pattern KNOWN = Pattern.compile(
            "(session|commit|gone|ask|spent|condemned|uses|about|index|desc|slot|data|map)/|" + HEADER + "[1-3]");

    private static final Pattern WRITTEN = Pattern.compile("(?:data|map|index|uses|about|commit)/([0-9a-f]{32}).*");

    private Names() {}

    /**
     * Whether this version knows what something right below a vault is for: any other may be what a newer one keeps packs
     * alive by.
     *
     * @param name as {@link org.coffer.engine.store.ObjectStore#beneath} shows it
     */
    static boolean known(String name) {
        return KNOWN.matcher(name).matches();
    }

    /** The session that an object with this prefix is named after; null if its name is none of that kind. */
    static @Nullable SessionId session(String object, String prefix) {
        try {
            return SessionId.of(object.substring(prefix.length()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** What an object that speaks for a session is by its name; null if it is something else, or has no name of ours. */
    static @Nullable ObjectType type(String object) {
        return switch (object.substring(0, object.indexOf('/') + 1)) {
            case SESSION -> ObjectType.SESSION;
            case COMMIT -> ObjectType.COMMIT;
            case GONE -> ObjectType.GONE;
            case ASK -> ObjectType.ASK;
            case SPENT -> ObjectType.SPENT;
            case CONDEMNED -> ObjectType.CONDEMNED;
            case USES -> ObjectType.USES;
            case ABOUT -> ObjectType.ABOUT;
            default -> null;
        };
    }

    static String packs(ObjectType type) {
        return type == ObjectType.MAP ? "map/" : "data/";
    }

    static String packs(ObjectType type, SessionId session) {
        return packs(type) + session + "/";
    }

    /** What the names of all copies of a pack begin with. */
    static String copies(ObjectType type, PackId pack) {
        return packs(type, pack.session()) + HexFormat.of().toHexDigits(pack.number()) + ".";
    }

    /** The copy that the session itself wrote. */
    static String original(ObjectType type, PackId pack) {
        return copy(type, pack, new Copy(0, pack.session().high()));
    }

    /** One copy of a pack. */
    static String copy(ObjectType type, PackId pack, Copy copy) {
        return copies(type, pack) + copy;
    }

    static String index(SessionId session, int segment) {
        return INDEX + session + "-" + HexFormat.of().toHexDigits((short) segment);
    }

    static String description(int generation, SessionId writer) {
        return DESCRIPTION + HexFormat.of().toHexDigits(generation) + "-" + writer;
    }

    /** What the names of everything begin with that a session alone writes: so whose room it took when it died. */
    static List<String> writtenBy(SessionId session) {
        return List.of(
                packs(ObjectType.DATA, session),
                packs(ObjectType.MAP, session),
                INDEX + session,
                USES + session,
                ABOUT + session,
                COMMIT + session);
    }

    /** The session that alone may write an object of this name until it has ended; null if there is none. */
    static @Nullable SessionId writer(String object) {
        Matcher name = WRITTEN.matcher(object);
        return name.matches() ? SessionId.of(name.group(1)) : null;
    }

    static String slot(String id, int copy) {
        return SLOT + id + "-" + copy;
    }
}
