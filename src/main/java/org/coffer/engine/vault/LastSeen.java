package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an open vault held when it was last looked at. A look takes a while, and what this instance commits or purges
 * meanwhile is not in it: that is added to what the look found, so that no backup of this instance is lost sight of.
 * Thread-safe.
 */
final class LastSeen {
    /** More than can happen during one look. */
    private static final int REMEMBERED = 1024;

    private final Deque<Act> acts = new ArrayDeque<>();
    private long number;
    private Contents contents = Contents.empty();

    /** @param commit the new backup; null if it was purged */
    private record Act(
            long number, SessionId session, @Nullable Commit commit) {}

    /** A look at the vault. */
    @FunctionalInterface
    interface Look {
        Contents look() throws IOException;
    }

    synchronized Contents contents() {
        return contents;
    }

    /** Looks, and remembers what was found. */
    Contents look(Look look) throws IOException {
        long since = last();
        return found(look.look(), since);
    }

    /** The number of the last act of this instance, to be taken before a look. */
    synchronized long last() {
        return number;
    }

    /** Remembers what a look found that began after act {@code since}. */
    synchronized Contents found(Contents found, long since) {
        contents =
                acts.stream().filter(act -> act.number > since).reduce(found, LastSeen::with, (before, after) -> after);
        return contents;
    }

    /** This instance made a backup. */
    synchronized void committed(Commit commit) {
        act(new Act(++number, commit.id(), commit));
    }

    /** This instance deleted a backup. */
    synchronized void purged(SessionId backup) {
        act(new Act(++number, backup, null));
    }

    private void act(Act act) {
        acts.addLast(act);
        if (acts.size() > REMEMBERED) {
            acts.removeFirst();
        }
        contents = with(contents, act);
    }

    private static Contents with(Contents before, Act act) {
        Map<SessionId, Commit> backups = new HashMap<>(before.backups());
        Set<SessionId> gone = new HashSet<>(before.gone());
        if (act.commit == null) {
            backups.remove(act.session);
            gone.add(act.session);
        } else if (!gone.contains(act.session)) {
            backups.put(act.session, act.commit);
        }
        return new Contents(backups, gone, before.damaged());
    }
}
