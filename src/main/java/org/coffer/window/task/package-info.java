/** Tasks: their page, the same list for one vault, the strip's line about what runs, news of what ended. */
@NullMarked
package org.coffer.window.task;

import org.jspecify.annotations.NullMarked;
