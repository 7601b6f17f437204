/** Disks on this computer: their list, adding image files; and what all pages of disk backup work with. */
@NullMarked
package org.coffer.window.disk;

import org.jspecify.annotations.NullMarked;
