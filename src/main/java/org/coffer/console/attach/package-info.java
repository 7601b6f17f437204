/** Bringing back vaults of which this home knows nothing, from their location alone (V17). */
@NullMarked
package org.coffer.console.attach;

import org.jspecify.annotations.NullMarked;
