package org.coffer.window.kit.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.LayoutMemory;
import org.coffer.window.kit.Sentence;
import org.coffer.window.picture.Fx;
import org.junit.jupiter.api.Test;

class FilterBarTest {
    private final Kit kit =
            new Kit(Text.of(Language.ENGLISH, Clock.systemUTC()), LayoutMemory.shortLived(), Clock.systemUTC());

    private static List<String> words(HBox chips) {
        return chips.lookupAll(".chip").stream()
                .flatMap(chip -> chip.lookupAll(".label").stream())
                .filter(Label.class::isInstance)
                .map(label -> ((Label) label).getText())
                .filter(text -> text != null && !text.isEmpty())
                .toList();
    }

    @Test
    void aChoiceOfOneStandsAsAChipUntilItIsRemoved() {
        Fx.run(() -> {
            var chosen = new SimpleObjectProperty<Optional<String>>(Optional.empty());
            var bar = new FilterBar(kit)
                    .choice("=Disk", chosen, new SimpleObjectProperty<>(List.of("web", "mail")), name -> name);
            HBox chips = bar.chipsApart();
            new Scene(new HBox(bar, chips));
            assertThat(words(chips)).isEmpty();
            chosen.set(Optional.of("web"));
            assertThat(words(chips)).containsExactly("Disk: web");
            Node close = chips.lookup(".chip .button");
            ((Button) close).fire();
            assertThat(chosen.get()).isEmpty();
            assertThat(words(chips)).isEmpty();
        });
    }

    @Test
    void everyConditionOfAFormHasItsChipAndAllGoAtOnce() {
        Fx.run(() -> {
            var asked = new SimpleObjectProperty<>(List.of("a", "b"));
            var bar = new FilterBar(kit)
                    .conditions(
                            Act.of("=More", () -> {}),
                            asked.map(all -> all.stream()
                                    .map(one -> new FilterBar.Chip(
                                            Sentence.data(one),
                                            () -> asked.set(asked.get().stream()
                                                    .filter(other -> !other.equals(one))
                                                    .toList())))
                                    .toList()));
            HBox chips = bar.chipsApart();
            new Scene(new HBox(bar, chips));
            assertThat(words(chips)).containsExactly("a", "b");
            bar.clearAll();
            assertThat(asked.get()).isEmpty();
            assertThat(words(chips)).isEmpty();
        });
    }
}
