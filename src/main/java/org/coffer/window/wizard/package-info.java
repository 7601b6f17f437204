/** Getting data back, for people who never did it: one question after the other, in plain words. */
@NullMarked
package org.coffer.window.wizard;

import org.jspecify.annotations.NullMarked;
