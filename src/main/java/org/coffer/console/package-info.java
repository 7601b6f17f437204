/** The use cases of Coffer, put together: what window and command line stand on. */
@NullMarked
package org.coffer.console;

import org.jspecify.annotations.NullMarked;
