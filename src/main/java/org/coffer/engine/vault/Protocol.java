package org.coffer.engine.vault;

import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What writers, deleters and collectors decide from what they saw: section 9 of the format, rule by rule, without any
 * reading or writing.
 *
 * <p>The engine asks {@link #STANDARD} at every such point; the exhaustive exploration among the tests asks the same
 * functions, and overrides one at a time to prove that each is needed. Whoever changes a line here changes the protocol,
 * and runs the exploration.
 */
class Protocol {
    /** The protocol. There is no other; tests derive wrong ones from it. */
    static final Protocol STANDARD = new Protocol();

    /** How many generations above those that open one is still nearby. Each collection or healing makes one at most. */
    static final int REACH = 1000;

    /** For {@link #STANDARD} and for the wrong protocols of the tests. */
    Protocol() {}

    /** What a writer does before it knows what it may refer to. */
    enum Begin {
        PUT_SESSION,
        LIST_CONDEMNED,
        /** List {@code gone}, then {@code commit}, and read what the valid ones use. */
        LOOK_AT_BACKUPS,
        /** Get {@code gone} and {@code spent} of each adopted session, then list its packs. */
        LOOK_AT_ADOPTED
    }

    /** How a writer makes a backup of what it has. */
    enum Publish {
        /** Of blocks, then of nodes; index segments follow their packs. */
        PUT_PACKS,
        PUT_COMMIT,
        GET_ASK
    }

    /** What a writer does when the put of its commit had no answer: one after the other, until one has an answer. */
    enum Doubt {
        PUT_COMMIT_AGAIN,
        PUT_GONE
    }

    /** What a writer says in the end. */
    enum Says {
        SUCCEEDED,
        FAILED,
        UNKNOWN
    }

    /** What is looked at to find out what became of a session that was left behind. */
    enum Look {
        GET_COMMIT,
        GET_ASK,
        GET_GONE
    }

    /** What ends a session that may be somebody's who is still alive. */
    enum Dismissal {
        PUT_ASK,
        GET_COMMIT,
        PUT_GONE
    }

    /** What became of a session that was left behind. */
    enum Left {
        /** It is a backup. */
        BACKUP,
        /** It is over; what it stored can be adopted. */
        OVER,
        /** Nobody knows yet: it has to be dismissed. */
        OPEN,
        /** Committed, and asked: the backup stands, unless whoever asked ends it. Nobody else may say either. */
        ASKED
    }

    /** How a collector goes about it; each step is durable before the next. */
    enum Collect {
        /** What the valid backups use, and which packs lie there. */
        LOOK,
        /** What is condemned already; whoever listed it goes on with it as with its own. */
        LIST_CONDEMNED,
        CONDEMN,
        /** What is dead, by {@link #deciding}. */
        DECIDE,
        /** Of sessions of which nothing will be left; hints, that carry no authority. */
        DROP_INDEX,
        DELETE_PACKS,
        /** Packs that are dead in part, each by {@link #rewriting}. */
        REWRITE,
        /** Takes back what is condemned and done with. */
        LIFT,
        /** The other small objects of sessions that are over. */
        TIDY
    }

    /** How somebody who condemned finds out what is dead. */
    enum Decide {
        /** And goes on only if all of them have ended. */
        LIST_SESSIONS,
        LOOK
    }

    /** How a copy of a pack takes the place of those below it. */
    enum Rewrite {
        PUT_COPY,
        /** Every byte; a copy that is not as it was put goes again. */
        READ_BACK,
        DELETE_LOWER
    }

    /** What an object that cannot be read does to those who meet it. */
    record Unreadable(boolean forbidsDeleting, boolean forbidsSharing) {}

    /** Rule 1: the order in which a writer begins. */
    List<Begin> beginning() {
        return List.of(Begin.PUT_SESSION, Begin.LIST_CONDEMNED, Begin.LOOK_AT_BACKUPS, Begin.LOOK_AT_ADOPTED);
    }

    /**
     * Rule 2: whether a writer may refer to an entry of a pack.
     *
     * @param own its session wrote the pack
     * @param used a commit that was valid when it began uses the pack
     * @param adopted the pack is of a session that it adopts
     * @param condemned the pack or the entry was condemned when it began
     */
    boolean mayRefer(boolean own, boolean used, boolean adopted, boolean condemned) {
        return own || ((used || adopted) && !condemned);
    }

    /**
     * Rule 2(c): whether a session's packs may be adopted.
     *
     * @param gone whether it is over
     * @param purged whether it ended because a person deleted it
     * @param spent whether a collector took back a condemnation of its packs, as seen after listing what is condemned
     */
    boolean mayAdopt(boolean gone, boolean purged, boolean spent) {
        return gone && !purged && !spent;
    }

    /** Rules 3 and 4: the order in which a writer publishes. */
    List<Publish> publishing() {
        return List.of(Publish.PUT_PACKS, Publish.PUT_COMMIT, Publish.GET_ASK);
    }

    /** Rules 1 and 6: the id of a run that goes on where an earlier one stopped. */
    <T> T sessionOfResumed(T earlier, T drawn) {
        return drawn;
    }

    /** Rule 2(a): under whose session a run names the packs that it writes. */
    <T> T packsNamedAfter(T own, T adopted) {
        return own;
    }

    /** Rule 4: whether a writer has succeeded, from the question it looked for after its commit was put. */
    boolean succeeded(boolean asked) {
        return !asked;
    }

    /** Rule 5: how a writer makes certain what became of its commit when nobody answered. */
    List<Doubt> doubting() {
        return List.of(Doubt.PUT_COMMIT_AGAIN, Doubt.PUT_GONE);
    }

    /** Rule 5: which object is put when nobody answered the first time. */
    <T> T putAgain(T sealed, Supplier<T> anew) {
        return sealed;
    }

    /** Rule 5: what a writer says who could neither put its commit nor its final marker. */
    Says undecided() {
        return Says.UNKNOWN;
    }

    /** Rule 6: the order of the looks at a session that was left behind. */
    List<Look> looking() {
        return List.of(Look.GET_COMMIT, Look.GET_ASK, Look.GET_GONE);
    }

    /** Rule 6: what a session that was left behind is, from these looks. */
    Left left(boolean commit, boolean asked, boolean gone) {
        if (gone) {
            return Left.OVER;
        }
        if (!commit) {
            return Left.OPEN;
        }
        return asked ? Left.ASKED : Left.BACKUP;
    }

    /** Rules 6 and 11: how a session is ended from outside; the last step only if there was no commit. */
    List<Dismissal> dismissal() {
        return List.of(Dismissal.PUT_ASK, Dismissal.GET_COMMIT, Dismissal.PUT_GONE);
    }

    /** What a backup is: a commit that can be read and has no final marker. */
    boolean valid(boolean commit, boolean gone) {
        return commit && !gone;
    }

    /** Rules 9 to 14: the order in which a collector works. */
    List<Collect> collecting() {
        return List.of(Collect.values());
    }

    /** Rule 14: where somebody goes on who condemned nothing, and found what others did. */
    Collect takingOver() {
        return Collect.DECIDE;
    }

    /**
     * Rule 9: whether a pack may be proposed for deleting.
     *
     * @param gone its session is over
     * @param needed its session is open, or an open one adopts it
     * @param used a valid commit uses it
     * @param condemned it is condemned already
     */
    boolean candidate(boolean gone, boolean needed, boolean used, boolean condemned) {
        return gone && !needed && !used && !condemned;
    }

    /** Rules 10 to 12: the order in which it is found out what is dead. */
    List<Decide> deciding() {
        return List.of(Decide.LIST_SESSIONS, Decide.LOOK);
    }

    /** Rule 10: how many times the store's lag lies between condemning and listing sessions. */
    int lagsBeforeSessions() {
        return 2;
    }

    /** Rule 11: whether a listed session need not be waited for any more. */
    boolean ended(boolean session, boolean commit, boolean gone) {
        return !session || commit || gone;
    }

    /** Rule 12: how many times the lag lies between the end of the last session and the look that decides. */
    int lagsBeforeLook() {
        return 1;
    }

    /** Rule 12: whether a pack, or an entry, is dead for ever. */
    boolean dead(boolean condemned, boolean used) {
        return condemned && !used;
    }

    /**
     * Rule 13: whether a damaged pack may be put right by a copy that leaves out what is lost.
     *
     * @param condemned the pack was condemned as a whole before the sessions were listed that had to end
     */
    boolean mayHeal(boolean condemned) {
        return condemned;
    }

    /** Rule 13: the order in which a pack is rewritten, or healed. */
    List<Rewrite> rewriting() {
        return List.of(Rewrite.PUT_COPY, Rewrite.READ_BACK, Rewrite.DELETE_LOWER);
    }

    /**
     * Rule 13: the generation of a new copy of a pack. It is above those that open, and above those nearby that do not, so
     * that these go with the others. What is far above is left alone, and readers pass it over: whoever can put objects
     * could use the numbers up.
     *
     * @param opens the highest that opens; 0 if none does
     * @param closed those that do not open
     * @param taken all that there are, also those that must not be superseded
     * @return empty if there is none left
     */
    OptionalInt generation(int opens, Collection<Integer> closed, Set<Integer> taken) {
        int highest = opens;
        for (int generation : closed) {
            highest = generation - opens <= REACH ? Math.max(highest, generation) : highest;
        }
        while (highest < Integer.MAX_VALUE) {
            highest++;
            if (!taken.contains(highest)) {
                return OptionalInt.of(highest);
            }
        }
        return OptionalInt.empty();
    }

    /** Rule 13: whether a copy may be deleted by somebody who put another one. */
    boolean superseded(Copy copy, Copy mine) {
        return copy.compareTo(mine) < 0;
    }

    /** Rule 13: how many times the lag lies between deleting packs and taking back what condemned them. */
    int lagsBeforeLifting() {
        return 1;
    }

    /**
     * Rule 13: whether a session has to be marked as spent before a condemnation of its packs goes. The final marker of a
     * purge says as much.
     */
    boolean mustBeSpent(boolean purged) {
        return !purged;
    }

    /**
     * Rule 13: whether a condemnation may go.
     *
     * @param used one of its packs was used when its dead packs were deleted
     * @param stored there is a copy of a pack of which it names single entries
     */
    boolean mayLift(boolean used, boolean stored) {
        return !used && !stored;
    }

    /** Rule 14: what may be removed of a session that is over; its session object only when no pack of it is left. */
    List<ObjectType> tidied() {
        return List.of(ObjectType.USES, ObjectType.ABOUT, ObjectType.COMMIT, ObjectType.SESSION);
    }

    /** Rule 15: which of two copies a reader tries first. */
    boolean preferred(Copy copy, Copy other) {
        return copy.compareTo(other) > 0;
    }

    /** Rules 2 and 12: what an unreadable object, or one with something unknown in it, means. */
    Unreadable unreadable(ObjectType type) {
        return switch (type) {
            case CONDEMNED -> new Unreadable(true, true);
            case SESSION, COMMIT, GONE, USES -> new Unreadable(true, false);
            default -> new Unreadable(false, false);
        };
    }
}
