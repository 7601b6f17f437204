/** The icon in the desktop's tray, by which Coffer is seen and reached while its window is closed. */
@NullMarked
package org.coffer.window.tray;

import org.jspecify.annotations.NullMarked;
