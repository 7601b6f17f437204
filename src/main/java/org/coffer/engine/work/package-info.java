/** Long work: its numbers going out, and the wish to pause or stop coming in. */
@NullMarked
package org.coffer.engine.work;

import org.jspecify.annotations.NullMarked;
