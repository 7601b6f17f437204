/** What can go wrong, as a value: every floor may throw or carry a {@link org.coffer.problem.Problem}. */
@NullMarked
package org.coffer.problem;

import org.jspecify.annotations.NullMarked;
