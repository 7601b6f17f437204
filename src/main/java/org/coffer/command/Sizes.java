package org.coffer.command;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Sizes as they are typed: {@code 100GB} is 10^9 bytes a hundred times, {@code 100GiB} 2^30. */
final class Sizes {
    private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?) ?([KMGTP]I?B?|B)?");
    private static final Map<Character, Integer> POWERS = Map.of('K', 1, 'M', 2, 'G', 3, 'T', 4, 'P', 5);
    private static final BigDecimal GB = BigDecimal.valueOf(1_000_000_000);
    private static final BigDecimal MB = BigDecimal.valueOf(1_000_000);

    /** Sizes above it do not fit a number. */
    private static final BigDecimal COUNTABLE = BigDecimal.valueOf(Long.MAX_VALUE);

    private Sizes() {}

    /**
     * A vault's capacity.
     *
     * @param gigabytes whole GB
     */
    record Capacity(long gigabytes) {}

    /**
     * A vault's capacity; a number without a unit is in GB. Sizes in binary units, which are never whole GB, are rounded up.
     *
     * @throws ProblemException {@code size.invalid}, {@code size.fraction}, {@code size.large} if it is beyond all counting
     */
    static Capacity capacity(String typed) {
        BigDecimal wanted = bytes(typed, GB);
        if (wanted.remainder(GB).signum() != 0
                && !typed.toUpperCase(Locale.ROOT).contains("I")) {
            throw new ProblemException(Problem.of("size.fraction", "size", typed));
        }
        if (wanted.divide(GB, 0, RoundingMode.CEILING).compareTo(COUNTABLE) > 0) {
            throw new ProblemException(Problem.of("size.large", "size", typed, "most", Vault.LARGEST_GB));
        }
        return new Capacity(whole(wanted, GB));
    }

    /**
     * A speed in MB a second; a number without a unit is one already, and a fraction is rounded up.
     *
     * @throws ProblemException {@code size.invalid}
     */
    static long megabytes(String typed) {
        return whole(bytes(typed, MB), MB);
    }

    private static long whole(BigDecimal bytes, BigDecimal unit) {
        BigDecimal units = bytes.divide(unit, 0, RoundingMode.CEILING);
        // What is far too large is said to be so by whoever has the limit.
        return units.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
    }

    private static BigDecimal bytes(String typed, BigDecimal withoutUnit) {
        Matcher size = SIZE.matcher(typed.strip().toUpperCase(Locale.ROOT));
        if (!size.matches() || typed.length() > 20) {
            throw new ProblemException(Problem.of("size.invalid", "size", typed));
        }
        BigDecimal number = new BigDecimal(size.group(1));
        return number.multiply(size.group(2) == null ? withoutUnit : factor(size.group(2)));
    }

    private static BigDecimal factor(String unit) {
        int power = POWERS.getOrDefault(unit.charAt(0), 0);
        boolean binary = unit.length() > 1 && unit.charAt(1) == 'I';
        return BigDecimal.valueOf(binary ? 1024 : 1000).pow(power);
    }
}
