// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/** A compiled node of a plan. Immutable; opened once per run. */
@FunctionalInterface
interface OperatorFactory {
  Operator open(Execution execution);
}
