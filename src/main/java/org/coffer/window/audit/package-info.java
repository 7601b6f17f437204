/** The record of every change: looked through, proven whole, exported. */
@NullMarked
package org.coffer.window.audit;

import org.jspecify.annotations.NullMarked;
