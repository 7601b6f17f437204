/** The places where vaults live: looked at, tried out, added, removed. */
@NullMarked
package org.coffer.window.location;

import org.jspecify.annotations.NullMarked;
