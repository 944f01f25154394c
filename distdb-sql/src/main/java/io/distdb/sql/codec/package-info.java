// SPDX-License-Identifier: MIT
/**
 * SQL values as bytes: keys whose unsigned byte order is SQL's order, and rows that give single
 * columns without being decoded as a whole. Byte tables: {@code docs/formats/keys-and-rows.md}.
 * Knows types, not tables, plans or transactions.
 */
package io.distdb.sql.codec;
