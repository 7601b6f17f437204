/** Looking into backups: folders, names, contents, and single files restored. */
@NullMarked
package org.coffer.window.files;

import org.jspecify.annotations.NullMarked;
