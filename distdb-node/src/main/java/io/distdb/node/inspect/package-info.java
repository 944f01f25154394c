// SPDX-License-Identifier: MIT
/**
 * What a data directory consists of and what is wrong with it, found without opening the database
 * and without changing anything. Files are read by the readers that open a database; nothing here
 * knows their bytes.
 */
package io.distdb.node.inspect;
