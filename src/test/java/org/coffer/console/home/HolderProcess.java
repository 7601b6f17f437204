package org.coffer.console.home;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** A process that takes the home named by its argument, says so, and keeps it until its input ends or it is killed. */
final class HolderProcess {
    private HolderProcess() {}

    public static void main(String[] args) throws IOException {
        try (HomeOwnership own = HomeOwnership.take(new Home(Path.of(args[0])), Clock.systemUTC(), Map.of())
                .orElseThrow()) {
            System.out.println("taken by " + own.owner().pid());
            while (System.in.read() >= 0) {
                // Until the end of input.
            }
        }
    }
}
