package org.coffer.window.tray;

import java.util.List;
import org.coffer.window.tray.bus.Pixmap;

/**
 * What the icon in the tray shows.
 *
 * @param attention whether something waits for the user
 * @param title one line, said over the icon
 * @param words what else is said there; may be empty
 * @param pictures the icon in several sizes
 * @param open what a click on it does
 * @param menu what it offers
 */
public record Face(
        boolean attention, String title, String words, List<Pixmap> pictures, Runnable open, List<Item> menu) {
    /**
     * A line of the menu. Each line keeps its place, also while it is absent: what is chosen from a menu that changes at that
     * moment must not be its neighbour.
     *
     * @param kind what it is for
     * @param words what it says
     * @param act what choosing it does
     */
    public record Item(Kind kind, String words, Runnable act) {
        /** What a line is for. */
        public enum Kind {
            ACTS,
            TELLS,
            PARTS,
            ABSENT
        }

        /** Parts what is above from what is below. */
        public static final Item LINE = new Item(Kind.PARTS, "", () -> {});

        /** Not there now. */
        public static final Item ABSENT = new Item(Kind.ABSENT, "", () -> {});

        /** One that only tells. */
        public static Item told(String words) {
            return new Item(Kind.TELLS, words, () -> {});
        }

        /** One that does something. */
        public static Item of(String words, Runnable act) {
            return new Item(Kind.ACTS, words, act);
        }
    }
}
