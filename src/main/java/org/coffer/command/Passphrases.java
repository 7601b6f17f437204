package org.coffer.command;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Where passphrases come from: a file, the variable {@code COFFER_PASSPHRASE}, or the person at the terminal; never an
 * argument, which everybody on the computer can see. Callers wipe what they get.
 */
final class Passphrases {
    static final String VARIABLE = "COFFER_PASSPHRASE";

    private final Context context;

    Passphrases(Context context) {
        this.context = context;
    }

    /**
     * The passphrase from a file or the environment, without asking.
     *
     * @param file the file that was named, if one was; its first line counts
     */
    Optional<char[]> given(@Nullable Path file) {
        return given(file, VARIABLE);
    }

    /** The same for another secret, from a file or {@code variable}. */
    Optional<char[]> given(@Nullable Path file, String variable) {
        if (file != null) {
            return Optional.of(firstLine(context.read(file), file));
        }
        return Optional.ofNullable(context.terminal().invocation().environment().get(variable))
                .filter(value -> !value.isEmpty())
                .map(String::toCharArray);
    }

    /**
     * A passphrase or recovery code that opens something.
     *
     * @throws ProblemException {@code passphrase.missing} if there is none and nobody to ask
     */
    char[] required(@Nullable Path file, String question) {
        return given(file)
                .or(() -> person() ? context.terminal().askSecret(question + ' ') : Optional.empty())
                .filter(secret -> secret.length > 0)
                .orElseThrow(() -> new ProblemException(Problem.of("passphrase.missing")));
    }

    /** A new passphrase, typed twice; empty if nobody is there or nothing was typed. */
    Optional<char[]> chosen(@Nullable Path file, String question) {
        Optional<char[]> given = given(file);
        if (given.isPresent() || !person()) {
            return given;
        }
        char[] first = context.terminal().askSecret(question + ' ').orElse(new char[0]);
        if (first.length == 0) {
            return Optional.empty();
        }
        char[] second = context.terminal()
                .askSecret(context.text().get("command.passphrase.again") + ' ')
                .orElse(new char[0]);
        boolean same = Arrays.equals(first, second);
        Arrays.fill(second, '\0');
        if (!same) {
            Arrays.fill(first, '\0');
            throw new ProblemException(Problem.of("passphrase.differs"));
        }
        return Optional.of(first);
    }

    private boolean person() {
        return context.terminal().invocation().input();
    }

    private static char[] firstLine(byte[] bytes, Path file) {
        CharBuffer text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new ProblemException(Problem.of("file.unfit", "path", file.toString()), e);
        }
        char[] all = new char[text.remaining()];
        text.get(all);
        Arrays.fill(text.array(), '\0');
        Arrays.fill(bytes, (byte) 0);
        int end = 0;
        while (end < all.length && all[end] != '\n' && all[end] != '\r') {
            end++;
        }
        char[] line = Arrays.copyOf(all, end);
        Arrays.fill(all, '\0');
        return line;
    }
}
