package org.coffer.window.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.junit.jupiter.api.Test;

/** Going from page to page, without a toolkit. */
class HistoryTest {
    private final List<String> heard = new ArrayList<>();
    private final Pages pages = new Pages()
            .add(PageEntry.top("vaults", "=Vaults", Group.BACKUP, Icon.DISK, route -> new Spy("vaults")))
            .add(PageEntry.top("tasks", "=Tasks", Group.OPERATION, Icon.TASK, route -> new Spy("tasks")))
            .add(PageEntry.below("vaults", "vault", "=Vault", route -> new Spy("vault " + route.id())));
    private final History history = new History(pages);

    @Test
    void backLeadsToThePageAsItWasLeft() {
        history.open(Route.to("vaults"));
        Page vaults = now().page();
        history.open(Route.to("vault", "f61e"));
        history.back();
        assertThat(now().page()).isSameAs(vaults);
        assertThat(heard).containsExactly("show vaults", "show vault f61e", "show vaults", "close vault f61e");
    }

    @Test
    void aPageOfTheNavigationKeepsItsInput() {
        history.open(Route.to("vaults"));
        Page vaults = now().page();
        history.open(Route.to("tasks"));
        history.open(Route.to("vaults"));
        assertThat(now().page()).isSameAs(vaults);
    }

    @Test
    void detailsBelongToTheirParentInTheNavigation() {
        history.open(Route.to("vault", "f61e"));
        assertThat(now().entry().parent()).isEqualTo("vaults");
    }

    @Test
    void aSentFormIsLeftForGood() {
        history.open(Route.to("vaults"));
        history.open(Route.to("vault", "f61e"));
        history.leave();
        assertThat(now().entry().id()).isEqualTo("vaults");
        assertThat(heard).contains("close vault f61e");
    }

    @Test
    void theSameWayTwiceOnlyRefreshes() {
        history.open(Route.to("vaults"));
        history.open(Route.to("vaults"));
        history.back();
        assertThat(now().entry().id()).isEqualTo("vaults");
        assertThat(heard).containsExactly("show vaults", "show vaults");
    }

    @Test
    void theNavigationListsGroupByGroup() {
        assertThat(pages.navigation()).extracting(PageEntry::id).containsExactly("vaults", "tasks");
    }

    private History.Visit now() {
        return history.currentProperty().get().orElseThrow();
    }

    private final class Spy implements Page {
        private final String name;

        Spy(String name) {
            this.name = name;
        }

        @Override
        public Node view(Kit kit) {
            throw new AssertionError("no view is needed");
        }

        @Override
        public void shown() {
            heard.add("show " + name);
        }

        @Override
        public void close() {
            heard.add("close " + name);
        }
    }
}
