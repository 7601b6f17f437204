/** The command line: a frame that every command shares, and one class a noun. */
@NullMarked
package org.coffer.command;

import org.jspecify.annotations.NullMarked;
