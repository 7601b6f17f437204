/** The sheet that brings back vaults of a lost computer from their location. */
@NullMarked
package org.coffer.window.attach;

import org.jspecify.annotations.NullMarked;
