/** The home folder: where it is, what lies in it, and which one process owns it. */
@NullMarked
package org.coffer.console.home;

import org.jspecify.annotations.NullMarked;
