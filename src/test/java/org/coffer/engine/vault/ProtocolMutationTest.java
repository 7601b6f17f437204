package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes one rule of the protocol away at a time. Each time the exploration must find the shortest way in which that breaks
 * a promise, which shows both that the rule is needed and that the exploration would notice. {@code docs/vault-format.md}
 * has the list of rules and what was done to each.
 */
class ProtocolMutationTest {
    private static final int LIMIT = 6_000_000;

    private static final ModelScope REPACKING = ModelScope.of(1, 2).repacking();
    private static final ModelScope ADOPTING = ModelScope.of(2, 1).adopting();

    static Stream<Arguments> mutations() {
        return Stream.of(
                mutation(17, "the session is put after the lists", ModelScope.of(1, 1), new Protocol() {
                    @Override
                    List<Begin> beginning() {
                        List<Begin> order = new ArrayList<>(super.beginning());
                        order.remove(Begin.PUT_SESSION);
                        order.add(Begin.PUT_SESSION);
                        return order;
                    }
                }),
                mutation(
                        34,
                        "what is condemned is listed last",
                        ADOPTING.purging(0).withAsker(),
                        new Protocol() {
                            @Override
                            List<Begin> beginning() {
                                List<Begin> order = new ArrayList<>(super.beginning());
                                order.remove(Begin.LIST_CONDEMNED);
                                order.add(Begin.LIST_CONDEMNED);
                                return order;
                            }
                        }),
                mutation(18, "a collector waits for nobody", ModelScope.of(1, 1), new Protocol() {
                    @Override
                    boolean ended(boolean session, boolean commit, boolean gone) {
                        return true;
                    }
                }),
                mutation(
                        38,
                        "a condemnation of packs in use is lifted",
                        ModelScope.of(2, 2).purging(3),
                        new Protocol() {
                            @Override
                            boolean mayLift(boolean used, boolean stored) {
                                return true;
                            }
                        }),
                mutation(
                        22,
                        "a condemnation of blocks is lifted while their pack is there",
                        ModelScope.of(2, 2).repacking(),
                        new Protocol() {
                            @Override
                            boolean mayLift(boolean used, boolean stored) {
                                return !used;
                            }
                        }),
                mutation(
                        25,
                        "a condemned pack is inherited from the parent",
                        ModelScope.of(2, 2).purging(3),
                        new Protocol() {
                            @Override
                            boolean mayRefer(boolean own, boolean used, boolean adopted, boolean condemned) {
                                return own || used || (adopted && !condemned);
                            }
                        }),
                mutation(29, "a condemned pack is adopted", ADOPTING.purging(0).withAsker(), new Protocol() {
                    @Override
                    boolean mayRefer(boolean own, boolean used, boolean adopted, boolean condemned) {
                        return own || adopted || (used && !condemned);
                    }
                }),
                mutation(12, "a resumed run keeps its session", ADOPTING, new Protocol() {
                    @Override
                    <T> T sessionOfResumed(T earlier, T drawn) {
                        return earlier;
                    }
                }),
                mutation(30, "a resumed run goes on with the packs of the old one", ADOPTING, new Protocol() {
                    @Override
                    <T> T packsNamedAfter(T own, T adopted) {
                        return adopted;
                    }
                }),
                mutation(5, "a commit is put before its packs", ModelScope.of(1, 0), new Protocol() {
                    @Override
                    List<Publish> publishing() {
                        return List.of(Publish.PUT_COMMIT, Publish.PUT_PACKS, Publish.GET_ASK);
                    }
                }),
                mutation(
                        9,
                        "a writer looks for the question before it commits",
                        ModelScope.of(1, 0).withAsker(),
                        new Protocol() {
                            @Override
                            List<Publish> publishing() {
                                return List.of(Publish.PUT_PACKS, Publish.GET_ASK, Publish.PUT_COMMIT);
                            }
                        }),
                mutation(
                        12,
                        "whoever settles looks for the question before the commit",
                        ADOPTING.withAsker().withFaults(1).purging(0),
                        new Protocol() {
                            @Override
                            List<Look> looking() {
                                return List.of(Look.GET_ASK, Look.GET_COMMIT, Look.GET_GONE);
                            }
                        }),
                mutation(
                        8,
                        "a session is ended without asking",
                        ModelScope.of(1, 0).withAsker(),
                        new Protocol() {
                            @Override
                            List<Dismissal> dismissal() {
                                return List.of(Dismissal.GET_COMMIT, Dismissal.PUT_GONE);
                            }
                        }),
                mutation(
                        9,
                        "a writer does not look for the question",
                        ModelScope.of(1, 0).withAsker(),
                        new Protocol() {
                            @Override
                            boolean succeeded(boolean asked) {
                                return true;
                            }
                        }),
                mutation(21, "the index gives a right", ModelScope.of(1, 1), new Protocol() {
                    @Override
                    boolean mayRefer(boolean own, boolean used, boolean adopted, boolean condemned) {
                        return own || !condemned;
                    }
                }),
                mutation(
                        17,
                        "a deleted backup is brought back by removing its marker",
                        ModelScope.of(1, 1),
                        new Protocol() {
                            @Override
                            List<ObjectType> tidied() {
                                return List.of(ObjectType.GONE);
                            }
                        }),
                mutation(27, "questions are tidied away", ModelScope.of(1, 1).withAsker(), new Protocol() {
                    @Override
                    List<ObjectType> tidied() {
                        List<ObjectType> more = new ArrayList<>(super.tidied());
                        more.add(ObjectType.ASK);
                        return more;
                    }
                }),
                mutation(
                        11, "whoever is asked fails, also when it has succeeded", ADOPTING.withAsker(), new Protocol() {
                            @Override
                            Left left(boolean commit, boolean asked, boolean gone) {
                                return gone ? Left.OVER : commit && !asked ? Left.BACKUP : Left.OPEN;
                            }

                            @Override
                            List<Dismissal> dismissal() {
                                return List.of(Dismissal.PUT_ASK, Dismissal.PUT_GONE);
                            }
                        }),
                mutation(
                        45,
                        "what a collector took back can still be adopted",
                        ModelScope.of(2, 2).adopting().withFaults(1).purging(0),
                        new Protocol() {
                            @Override
                            boolean mayAdopt(boolean gone, boolean purged, boolean spent) {
                                return gone && !purged;
                            }
                        }),
                mutation(27, "other copies of the same generation are deleted", REPACKING, new Protocol() {
                    @Override
                    boolean superseded(Copy copy, Copy mine) {
                        return copy.generation() <= mine.generation() && !copy.equals(mine);
                    }
                }),
                mutation(27, "a copy is deleted although it is higher", REPACKING, new Protocol() {
                    @Override
                    boolean superseded(Copy copy, Copy mine) {
                        return !copy.equals(mine);
                    }
                }),
                mutation(
                        21,
                        "sessions are listed after one lag instead of two",
                        ModelScope.of(1, 1).lagging(),
                        new Protocol() {
                            @Override
                            int lagsBeforeSessions() {
                                return 1;
                            }
                        }),
                mutation(
                        22,
                        "the deciding look does not wait for the lag",
                        ModelScope.of(1, 1).lagging(),
                        new Protocol() {
                            @Override
                            int lagsBeforeLook() {
                                return 0;
                            }
                        }),
                mutation(
                        40,
                        "a condemnation is lifted before lists forget its packs",
                        ADOPTING.lagging().purging(0),
                        new Protocol() {
                            @Override
                            int lagsBeforeLifting() {
                                return 0;
                            }

                            @Override
                            boolean mayAdopt(boolean gone, boolean purged, boolean spent) {
                                return gone && !purged;
                            }
                        }),
                mutation(
                        13,
                        "a damaged pack is healed that is not condemned",
                        ModelScope.of(1, 0).healing(),
                        new Protocol() {
                            @Override
                            boolean mayHeal(boolean condemned) {
                                return true;
                            }
                        }),
                mutation(
                        6,
                        "what nobody answered counts as a success",
                        ModelScope.of(1, 0).withFaults(2),
                        new Protocol() {
                            @Override
                            List<Doubt> doubting() {
                                return List.of(Doubt.PUT_COMMIT_AGAIN);
                            }

                            @Override
                            Says undecided() {
                                return Says.SUCCEEDED;
                            }
                        }),
                mutation(
                        7,
                        "a writer fails without its final marker",
                        ModelScope.of(1, 0).withFaults(1),
                        new Protocol() {
                            @Override
                            List<Doubt> doubting() {
                                return List.of(Doubt.PUT_COMMIT_AGAIN);
                            }

                            @Override
                            Says undecided() {
                                return Says.FAILED;
                            }
                        }),
                mutation(
                        8,
                        "a writer fails that could not put its final marker",
                        ModelScope.of(1, 0).withFaults(2),
                        new Protocol() {
                            @Override
                            Says undecided() {
                                return Says.FAILED;
                            }
                        }),
                mutation(
                        6,
                        "a commit is sealed anew when nobody answered",
                        ModelScope.of(1, 0).withFaults(1),
                        new Protocol() {
                            @Override
                            <T> T putAgain(T sealed, Supplier<T> anew) {
                                return anew.get();
                            }
                        }),
                mutation(9, "packs of an open session are proposed", ModelScope.of(1, 1), new Protocol() {
                    @Override
                    boolean candidate(boolean gone, boolean needed, boolean used, boolean condemned) {
                        return !needed && !used && !condemned;
                    }
                }),
                mutation(5, "packs in use are proposed", REPACKING, new Protocol() {
                    @Override
                    boolean candidate(boolean gone, boolean needed, boolean used, boolean condemned) {
                        return gone && !needed && !condemned;
                    }
                }),
                mutation(
                        17,
                        "packs are proposed that are condemned already",
                        ModelScope.of(1, 2).cleaning(0).withFaults(1),
                        new Protocol() {
                            @Override
                            boolean candidate(boolean gone, boolean needed, boolean used, boolean condemned) {
                                return gone && !needed && !used;
                            }
                        }),
                mutation(12, "no pack is proposed", ModelScope.of(1, 1).cleaning(0), new Protocol() {
                    @Override
                    boolean candidate(boolean gone, boolean needed, boolean used, boolean condemned) {
                        return false;
                    }
                }),
                mutation(
                        29,
                        "sessions are listed before condemning",
                        ADOPTING.purging(0).withAsker(),
                        new Protocol() {
                            @Override
                            List<Collect> collecting() {
                                return moved(super.collecting(), Collect.DECIDE, Collect.CONDEMN);
                            }
                        }),
                mutation(19, "the deciding look comes before the waiting", ModelScope.of(1, 1), new Protocol() {
                    @Override
                    List<Decide> deciding() {
                        return moved(super.deciding(), Decide.LOOK, Decide.LIST_SESSIONS);
                    }
                }),
                mutation(
                        15,
                        "whoever takes over trusts that somebody else has waited",
                        ModelScope.of(1, 2),
                        new Protocol() {
                            @Override
                            Collect takingOver() {
                                return Collect.DROP_INDEX;
                            }
                        }),
                mutation(
                        34,
                        "a condemnation is lifted before its packs are deleted",
                        ADOPTING.purging(0).withAsker(),
                        new Protocol() {
                            @Override
                            List<Collect> collecting() {
                                return moved(super.collecting(), Collect.LIFT, Collect.DELETE_PACKS);
                            }

                            // Otherwise this alone would keep anybody from adopting them.
                            @Override
                            boolean mayAdopt(boolean gone, boolean purged, boolean spent) {
                                return gone && !purged;
                            }
                        }),
                mutation(13, "lower copies go before the new one is put", REPACKING, new Protocol() {
                    @Override
                    List<Rewrite> rewriting() {
                        return moved(super.rewriting(), Rewrite.DELETE_LOWER, Rewrite.PUT_COPY);
                    }
                }),
                mutation(
                        9,
                        "lower copies go before the new one is healed",
                        ModelScope.of(1, 0).healing(),
                        new Protocol() {
                            @Override
                            List<Rewrite> rewriting() {
                                return moved(super.rewriting(), Rewrite.DELETE_LOWER, Rewrite.PUT_COPY);
                            }
                        }),
                mutation(
                        14,
                        "lower copies go before the new one is read back",
                        ModelScope.of(1, 1).repacking().withBlinds(1),
                        new Protocol() {
                            @Override
                            List<Rewrite> rewriting() {
                                return moved(super.rewriting(), Rewrite.DELETE_LOWER, Rewrite.READ_BACK);
                            }
                        }),
                mutation(13, "readers take the lowest copy", ModelScope.of(1, 1).healing(), new Protocol() {
                    @Override
                    boolean preferred(Copy copy, Copy other) {
                        return copy.compareTo(other) < 0;
                    }
                }),
                blind(19, ObjectType.SESSION),
                blind(19, ObjectType.COMMIT),
                blind(19, ObjectType.USES),
                blind(19, ObjectType.GONE),
                mutation(
                        26,
                        "a condemnation that cannot be read is ignored by writers",
                        ModelScope.of(2, 1).purging(3).withBlinds(1),
                        new Protocol() {
                            @Override
                            Unreadable unreadable(ObjectType type) {
                                return new Unreadable(super.unreadable(type).forbidsDeleting(), false);
                            }
                        }),
                mutation(18, "a pack that is used counts as dead", ModelScope.of(1, 1), new Protocol() {
                    @Override
                    boolean dead(boolean condemned, boolean used) {
                        return condemned;
                    }
                }));
    }

    /** Collecting goes on although an object of this type cannot be read. */
    private static Arguments blind(int steps, ObjectType ignored) {
        return mutation(
                steps,
                "collecting goes on although one cannot be read: " + ignored,
                ModelScope.of(1, 1).withBlinds(1),
                new Protocol() {
                    @Override
                    Unreadable unreadable(ObjectType type) {
                        return type == ignored ? new Unreadable(false, true) : super.unreadable(type);
                    }
                });
    }

    /** An order in which one step comes right before another, and not where it was. */
    private static <T> List<T> moved(List<T> order, T step, T before) {
        List<T> moved = new ArrayList<>(order);
        moved.remove(step);
        moved.add(moved.indexOf(before), step);
        return moved;
    }

    /** @param steps how short the shortest way to break a promise is */
    private static Arguments mutation(int steps, String rule, ModelScope scope, Protocol wrong) {
        return Arguments.of(Named.of(rule, wrong), scope, steps);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutations")
    void oneRuleLessBreaksAPromise(Protocol wrong, ModelScope scope, int steps) {
        Explorer.Found found = new Explorer(new ProtocolModel(scope, wrong), LIMIT).explore();
        System.out.println(found.states() + " states to depth " + found.depth() + "\n" + found.story());

        assertThat(found.broken()).isNotNull();
        assertThat(found.way()).hasSize(steps).doesNotContain("");
    }
}
