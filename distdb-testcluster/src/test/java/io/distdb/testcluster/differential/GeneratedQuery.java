// SPDX-License-Identifier: MIT
package io.distdb.testcluster.differential;

/**
 * A query.
 *
 * @param ordered its ORDER BY leaves nothing open
 * @param everywhere H2 means the same by it; else it is for PostgreSQL and DistDB alone
 */
record GeneratedQuery(String sql, boolean ordered, boolean everywhere) {}
