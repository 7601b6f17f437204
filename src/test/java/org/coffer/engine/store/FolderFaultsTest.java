package org.coffer.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read out of the words of the system. */
class FolderFaultsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Input/output error                                          | DAMAGED
            Structure needs cleaning                                    | DAMAGED
            Data error (cyclic redundancy check)                        | DAMAGED
            Too many open files                                         | OTHER
            Stale file handle                                           | UNREACHABLE
            Permission denied                                           | DENIED
            """)
    void whatASystemSaysOfAFileThatCannotBeReadHasAKind(String words, StoreException.Kind kind, @TempDir Path folder) {
        FileSystemException thrown =
                new FileSystemException(folder.resolve("object").toString(), null, words);
        assertThat(new FolderFaults(folder).kind(thrown, 0)).isEqualTo(kind);
    }
}
