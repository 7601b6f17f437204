/** Every piece of long work, as a row that survives restarts and as a run with progress, result and cause. */
@NullMarked
package org.coffer.console.task;

import org.jspecify.annotations.NullMarked;
