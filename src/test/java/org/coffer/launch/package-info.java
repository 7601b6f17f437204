/** Tests of the launcher script, which is not Java. */
@NullMarked
package org.coffer.launch;

import org.jspecify.annotations.NullMarked;
