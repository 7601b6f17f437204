/** Vaults: their list, the page about one, making them, binding disks, their keys. */
@NullMarked
package org.coffer.window.vault;

import org.jspecify.annotations.NullMarked;
