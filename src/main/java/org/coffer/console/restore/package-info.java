/** Getting data back. */
@NullMarked
package org.coffer.console.restore;

import org.jspecify.annotations.NullMarked;
