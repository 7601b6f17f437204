/** The interfaces of the session bus by which desktops show tray icons and their menus, as their specifications spell them. */
@NullMarked
package org.coffer.window.tray.bus;

import org.jspecify.annotations.NullMarked;
