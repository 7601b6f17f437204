/**
 * Object storage that speaks S3. Only put, get, list and delete are relied on; docs/object-storage.md says what of each.
 */
@NullMarked
package org.coffer.engine.store.s3;

import org.jspecify.annotations.NullMarked;
