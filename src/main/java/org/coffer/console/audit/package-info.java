/** Who changed what, when and from where: a record whose lines are chained by hash. */
@NullMarked
package org.coffer.console.audit;

import org.jspecify.annotations.NullMarked;
