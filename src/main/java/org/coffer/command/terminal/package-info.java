/** Where a command was typed: its words, its streams, and the person who may be asked. */
@NullMarked
package org.coffer.command.terminal;

import org.jspecify.annotations.NullMarked;
