/** What lies on a disk: partitions, what each holds, and the files of those file systems that are read here. Read only. */
@NullMarked
package org.coffer.engine.volume;

import org.jspecify.annotations.NullMarked;
