/** What is protected: the disks of this computer and image files. */
@NullMarked
package org.coffer.console.resource;

import org.jspecify.annotations.NullMarked;
