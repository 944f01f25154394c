// SPDX-License-Identifier: MIT
/**
 * Queries generated from seeds, answered by DistDB with and without rules, by H2 and by PostgreSQL.
 */
package io.distdb.testcluster.differential;
