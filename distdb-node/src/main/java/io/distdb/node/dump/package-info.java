// SPDX-License-Identifier: MIT
/**
 * Dumps: a database as SQL text that DistDB and PostgreSQL read. What is to be said of it comes
 * from {@code distdb.definitions}; here it is put in order and the rows between it.
 */
package io.distdb.node.dump;
