package org.coffer.command.terminal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command as it was typed, complete enough to be carried out in another process.
 *
 * @param words the words after the program's name
 * @param directory the folder it was typed in; relative paths start there
 * @param language the language of the caller's system, as a tag
 * @param input whether a person can be asked
 * @param output whether a person reads standard output
 * @param errors whether a person reads standard error
 * @param columns the terminal's width
 * @param environment the few variables that commands read
 */
public record Invocation(
        List<String> words,
        Path directory,
        String language,
        boolean input,
        boolean output,
        boolean errors,
        int columns,
        Map<String, String> environment) {

    /** The variables that travel with a command; no other leaves the caller. */
    static final List<String> VARIABLES = List.of("COFFER_PASSPHRASE", "COFFER_S3_SECRET_KEY");

    /** Keeps unmodifiable copies. */
    public Invocation {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** Leaves out the environment, which holds secrets. */
    @Override
    public String toString() {
        return "Invocation" + words;
    }

    /** Writes everything to {@code out}, to be read with {@link #read}. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(words.size());
        for (String word : words) {
            writeText(out, word);
        }
        writeText(out, directory.toString());
        writeText(out, language);
        out.writeBoolean(input);
        out.writeBoolean(output);
        out.writeBoolean(errors);
        out.writeInt(columns);
        out.writeInt(environment.size());
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            writeText(out, variable.getKey());
            writeText(out, variable.getValue());
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Invocation read(DataInput in) throws IOException {
        List<String> words = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            words.add(readText(in));
        }
        Path directory = Path.of(readText(in));
        String language = readText(in);
        boolean input = in.readBoolean();
        boolean output = in.readBoolean();
        boolean errors = in.readBoolean();
        int columns = in.readInt();
        Map<String, String> environment = new LinkedHashMap<>();
        for (int n = in.readInt(); n > 0; n--) {
            String name = readText(in);
            environment.put(name, readText(in));
        }
        return new Invocation(words, directory, language, input, output, errors, columns, environment);
    }

    private static void writeText(DataOutput out, String text) throws IOException {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
}
