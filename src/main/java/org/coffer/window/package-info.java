/** The window of one home: it is put together here, from the pages in the packages below. */
@NullMarked
package org.coffer.window;

import org.jspecify.annotations.NullMarked;
