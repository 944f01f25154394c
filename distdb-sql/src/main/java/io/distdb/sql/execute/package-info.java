// SPDX-License-Identifier: MIT
/**
 * Runs plans: expressions compiled into kernels over vectors, operators over batches of columns,
 * changes of rows with their index entries. Entry: {@link io.distdb.sql.execute.PlanCompiler}.
 * Knows transactions as a port; knows neither text nor how a plan was chosen.
 */
package io.distdb.sql.execute;
