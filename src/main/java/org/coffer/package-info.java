/** The start of the program, and the one place where its parts are put together. */
@NullMarked
package org.coffer;

import org.jspecify.annotations.NullMarked;
