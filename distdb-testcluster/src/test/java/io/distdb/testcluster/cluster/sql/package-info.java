// SPDX-License-Identifier: MIT
/** Whole nodes of a cluster, as they are started, in the simulated world; clients speak SQL. */
package io.distdb.testcluster.cluster.sql;
