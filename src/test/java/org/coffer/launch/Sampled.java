package org.coffer.launch;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@link RenewTest} has renewed: each kind of call that Java links late, in a class and in an interface. */
final class Sampled {
    private Sampled() {}

    record All(
            int whole,
            long large,
            short small,
            byte least,
            char letter,
            boolean yes,
            float broken,
            double finer,
            String text,
            List<String> more) {}

    record None() {}

    sealed interface Shape {
        record Round(double radius) implements Shape {}

        record Square(double side) implements Shape {}

        default String own() {
            return switch (this) {
                case Round(double radius) when radius > 10 -> "large";
                case Round _ -> "round";
                case Square _ -> "square";
            };
        }
    }

    enum Letter {
        A,
        B
    }

    /** With cases that are passed over, so that choosing goes on behind them. */
    static String kind(@Nullable Object any) {
        return switch (any) {
            case null -> "nothing";
            case Integer number when number > 10 -> "large";
            case Integer number when number < 0 -> "negative";
            case Integer _ -> "number";
            case CharSequence text when text.isEmpty() -> "empty";
            case String _ -> "text";
            case int[] numbers -> "numbers " + numbers.length;
            case Letter letter when letter == Letter.B -> "the other letter";
            case Shape shape -> shape.own();
            default -> "other";
        };
    }

    /** Not only types, so that Java has to see to it. */
    static String letter(Object any) {
        return switch (any) {
            case Letter.A -> "A";
            case String _ -> "text";
            default -> "other";
        };
    }

    static Object shout() {
        return (Function<String, String> & Serializable) text -> text + "!";
    }

    static Object later() {
        String caught = "caught";
        return (Supplier<String> & Serializable) () -> caught;
    }
}
