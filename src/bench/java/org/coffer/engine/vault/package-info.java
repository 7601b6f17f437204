/** Benchmarks of the engine's pieces, apart from the tests: {@code mvn -Pbench test}. */
@NullMarked
package org.coffer.engine.vault;

import org.jspecify.annotations.NullMarked;
