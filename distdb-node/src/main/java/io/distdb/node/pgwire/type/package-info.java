// SPDX-License-Identifier: MIT
/**
 * Values within messages of PostgreSQL's protocol: rows that are sent, parameters that come, and
 * the types that both are told by number. What the bytes of a value are is in {@code
 * io.distdb.sql.external}.
 */
package io.distdb.node.pgwire.type;
