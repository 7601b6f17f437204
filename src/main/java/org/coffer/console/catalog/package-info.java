/**
 * The catalog in the home folder: an embedded database that caches what the vaults hold and keeps what only this home
 * knows. Only the stores of the console's nouns speak SQL; everybody else sees records.
 */
@NullMarked
package org.coffer.console.catalog;

import org.jspecify.annotations.NullMarked;
