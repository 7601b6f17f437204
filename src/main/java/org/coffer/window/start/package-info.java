/** The way from an empty home to a first backup. */
@NullMarked
package org.coffer.window.start;

import org.jspecify.annotations.NullMarked;
