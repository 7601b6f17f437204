package org.coffer.machine;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/** Gives up one thread's rights over files, as another user would have them. */
final class UserRights {
    private static final int NOBODY = 65534;

    private UserRights() {}

    /** From now on the kernel checks files for this thread as for user nobody. */
    @SuppressWarnings("restricted")
    static void becomeNobody() {
        Linker linker = Linker.nativeLinker();
        for (String call : new String[] {"setfsgid", "setfsuid"}) {
            var handle = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow(call), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
            try {
                int before = (int) handle.invokeExact(NOBODY);
                if (before == NOBODY) {
                    throw new AssertionError("already nobody");
                }
            } catch (Throwable t) {
                throw new AssertionError(t);
            }
        }
    }
}
