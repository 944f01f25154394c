// SPDX-License-Identifier: MIT
/**
 * AST to typed relational tree: names are looked up in one version of the catalog, types settled,
 * conversions made explicit, and everything that makes no sense refused as PostgreSQL does. One
 * class per clause. Nothing is folded or optimized here, and no data is read.
 */
package io.distdb.sql.analyze;
