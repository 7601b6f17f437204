package org.coffer.machine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Decides which disk is which: the rule behind {@link FoundDisk#identity}.
 *
 * <p>A disk that was never seen is named by its serial number, else its world-wide name, else its partition table's
 * identifier, else that of a file system on the whole disk, else by an identifier drawn from where it hangs. Names alone are
 * not enough: cheap drives share serial numbers, and a cloned or restored disk shares everything inside with its original.
 * Therefore what was last seen of each identity is remembered, and disks present are matched with it, best evidence first:
 *
 * <ol>
 *   <li>same hardware at the same place, then same hardware elsewhere;
 *   <li>without hardware names: same place and same content;
 *   <li>same place where the place is the disk itself, as the file behind a loop device is: its content was replaced;
 *   <li>same content elsewhere, unless the old place still holds the old disk: it was moved;
 *   <li>same place and size, where the content was or became none: a blank disk was partitioned, or a disk wiped.
 * </ol>
 *
 * <p>What matches nothing is new; if its name is taken, its place is added to it. Two disks present never get one identity.
 */
final class Identities {
    /**
     * What can be told of a disk.
     *
     * @param hardware key made of serial number or world-wide name, or empty
     * @param content key made of what is stored at its beginning, or empty
     * @param place where it hangs
     * @param size bytes
     * @param sure the place is the disk itself: what is found there later is the same disk with another content
     */
    record Evidence(String hardware, String content, String place, long size, boolean sure) {
        /** How well this, seen now, goes with what was seen then; 0 if it does not. */
        int match(Evidence then, Predicate<String> stillThere) {
            boolean samePlace = place.equals(then.place);
            boolean sameContent = content.equals(then.content);
            if (!hardware.isEmpty() && !then.hardware.isEmpty()) {
                return !hardware.equals(then.hardware) ? 0 : samePlace ? 100 : sameContent ? 90 : 80;
            }
            if (hardware.isEmpty() != then.hardware.isEmpty()) {
                return samePlace && sameContent && !content.isEmpty() ? 70 : 0;
            }
            if (samePlace && sameContent) {
                return 70;
            }
            if (samePlace && sure) {
                return 60;
            }
            if (sameContent && !content.isEmpty()) {
                return then.sure && stillThere.test(then.place) ? 0 : 50;
            }
            boolean onceBlank = content.isEmpty() || then.content.isEmpty();
            return samePlace && onceBlank && size == then.size ? 40 : 0;
        }
    }

    private record Match(int score, int disk, String identity) {}

    private final Predicate<String> stillThere;

    /**
     * @param stillThere whether the disk that a sure place stands for exists, attached or not
     */
    Identities(Predicate<String> stillThere) {
        this.stillThere = stillThere;
    }

    /**
     * Gives each disk present its identity, and writes what was seen into {@code memory}.
     *
     * @return identities in the order of {@code present}
     */
    List<String> assign(List<Evidence> present, Map<String, Evidence> memory) {
        Map<Integer, String> given = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (Match match : matches(present, memory)) {
            if (!given.containsKey(match.disk()) && taken.add(match.identity())) {
                given.put(match.disk(), match.identity());
            }
        }
        taken.addAll(memory.keySet());
        Map<String, Integer> fresh = new TreeMap<>();
        for (int i = 0; i < present.size(); i++) {
            if (!given.containsKey(i)) {
                fresh.put(present.get(i).place() + '\n' + i, i);
            }
        }
        for (int i : fresh.values()) {
            given.put(i, name(present.get(i), taken));
        }
        List<String> identities = new ArrayList<>();
        for (int i = 0; i < present.size(); i++) {
            String identity = java.util.Objects.requireNonNull(given.get(i));
            identities.add(identity);
            memory.put(identity, present.get(i));
        }
        return identities;
    }

    private List<Match> matches(List<Evidence> present, Map<String, Evidence> memory) {
        List<Match> matches = new ArrayList<>();
        Map<String, Evidence> sorted = new LinkedHashMap<>(new TreeMap<>(memory));
        for (int i = 0; i < present.size(); i++) {
            for (Map.Entry<String, Evidence> known : sorted.entrySet()) {
                int score = present.get(i).match(known.getValue(), stillThere);
                if (score > 0) {
                    matches.add(new Match(score, i, known.getKey()));
                }
            }
        }
        matches.sort(Comparator.comparingInt(Match::score).reversed());
        return matches;
    }

    private static String name(Evidence disk, Set<String> taken) {
        String plain = !disk.hardware().isEmpty()
                ? disk.hardware()
                : !disk.content().isEmpty() ? disk.content() : "id:" + hash(disk.place());
        String name = plain;
        for (int i = 0; !taken.add(name); i++) {
            name = plain + "#" + hash(disk.place() + (i == 0 ? "" : "\n" + i));
        }
        return name;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
