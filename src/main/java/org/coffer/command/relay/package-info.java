/** How a command reaches the process that owns the home, is carried out there, and answers at its own terminal. */
@NullMarked
package org.coffer.command.relay;

import org.jspecify.annotations.NullMarked;
