package org.coffer.engine.store;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the kernel's error numbers are called in the language of this process. Java throws away the number of a call that
 * failed and keeps its text, which follows the system's language; so the texts of the numbers that matter are asked of the
 * system itself. Linux and macOS; elsewhere nothing is known. Source of the numbers: {@code asm-generic/errno.h}, the same on
 * x86-64 and AArch64, and {@code sys/errno.h} of macOS.
 */
final class SystemWords {
    /** The same everywhere since the first Unix. */
    private static final Map<Integer, StoreException.Kind> COMMON = Map.ofEntries(
            Map.entry(1, StoreException.Kind.DENIED), // EPERM
            Map.entry(13, StoreException.Kind.DENIED), // EACCES
            Map.entry(30, StoreException.Kind.DENIED), // EROFS
            Map.entry(28, StoreException.Kind.FULL), // ENOSPC
            Map.entry(5, StoreException.Kind.DAMAGED), // EIO
            Map.entry(19, StoreException.Kind.UNREACHABLE)); // ENODEV

    private static final Map<Integer, StoreException.Kind> LINUX = Map.ofEntries(
            Map.entry(122, StoreException.Kind.FULL), // EDQUOT
            Map.entry(74, StoreException.Kind.DAMAGED), // EBADMSG
            Map.entry(117, StoreException.Kind.DAMAGED), // EUCLEAN
            Map.entry(107, StoreException.Kind.UNREACHABLE), // ENOTCONN
            Map.entry(110, StoreException.Kind.UNREACHABLE), // ETIMEDOUT
            Map.entry(112, StoreException.Kind.UNREACHABLE), // EHOSTDOWN
            Map.entry(116, StoreException.Kind.UNREACHABLE)); // ESTALE

    private static final Map<Integer, StoreException.Kind> MACOS = Map.ofEntries(
            Map.entry(69, StoreException.Kind.FULL), // EDQUOT
            Map.entry(94, StoreException.Kind.DAMAGED), // EBADMSG
            Map.entry(57, StoreException.Kind.UNREACHABLE), // ENOTCONN
            Map.entry(60, StoreException.Kind.UNREACHABLE), // ETIMEDOUT
            Map.entry(64, StoreException.Kind.UNREACHABLE), // EHOSTDOWN
            Map.entry(70, StoreException.Kind.UNREACHABLE)); // ESTALE

    private SystemWords() {}

    /** Asked for at the first failure only: linking a function takes longer than most calls of a store. */
    private static final class Known {
        static final Map<String, StoreException.Kind> WORDS = read();
    }

    /**
     * What kind of failure a text is about.
     *
     * @param text what an exception says, in lower case; the system's words are its end
     */
    static Optional<StoreException.Kind> kind(String text) {
        return Known.WORDS.entrySet().stream()
                .filter(words -> text.endsWith(words.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Map<String, StoreException.Kind> read() {
        Map<String, StoreException.Kind> words = new HashMap<>();
        Map<Integer, StoreException.Kind> own = switch (System.getProperty("os.name", "")) {
            case "Linux" -> LINUX;
            case "Mac OS X" -> MACOS;
            default -> Map.of();
        };
        if (!own.isEmpty()) {
            MethodHandle strerror = strerror();
            COMMON.forEach((number, kind) -> words.put(said(strerror, number), kind));
            own.forEach((number, kind) -> words.put(said(strerror, number), kind));
        }
        return Map.copyOf(words);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle strerror() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));
    }

    @SuppressWarnings("restricted")
    private static String said(MethodHandle strerror, int number) {
        try {
            var text = (MemorySegment) strerror.invokeExact(number);
            Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
            return text.reinterpret(1024).getString(0, charset).toLowerCase(Locale.ROOT);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }
}
