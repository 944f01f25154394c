// SPDX-License-Identifier: MIT
/**
 * Versioned indexes in memory: the B+tree and the hash index. Nothing here knows files, logs or
 * SQL.
 */
package io.distdb.storage.memory.index;
