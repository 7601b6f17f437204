/** Where vaults live. */
@NullMarked
package org.coffer.console.location;

import org.jspecify.annotations.NullMarked;
