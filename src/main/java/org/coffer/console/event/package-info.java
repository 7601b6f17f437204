/** What changed, told after it is safely written: the window repaints from it. */
@NullMarked
package org.coffer.console.event;

import org.jspecify.annotations.NullMarked;
