/** Policies: their list, the form that shows beforehand what will happen, and their vaults. */
@NullMarked
package org.coffer.window.policy;

import org.jspecify.annotations.NullMarked;
