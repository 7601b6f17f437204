/** What things may be called: one rule for every noun. */
@NullMarked
package org.coffer.console.name;

import org.jspecify.annotations.NullMarked;
