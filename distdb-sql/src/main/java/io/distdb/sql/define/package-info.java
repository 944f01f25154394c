// SPDX-License-Identifier: MIT
/**
 * Definitions as they run: CREATE, ALTER, DROP, TRUNCATE and COMMENT ON change the catalog within
 * the statement's transaction, step by step, and check or rewrite rows where that is needed. What
 * the catalog is belongs to {@code catalog}, what the statements say to {@code ast} and {@code
 * analyze}.
 */
package io.distdb.sql.define;
