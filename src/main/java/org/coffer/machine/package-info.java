/** What is attached to this computer: disks, their state and identity, and the calls to read and write them. */
@NullMarked
package org.coffer.machine;

import org.jspecify.annotations.NullMarked;
