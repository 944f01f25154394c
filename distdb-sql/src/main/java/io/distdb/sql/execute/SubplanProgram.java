// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.plan.Subplan;

/** A compiled subplan. Immutable. */
final class SubplanProgram {
  final Subplan plan;
  final OperatorFactory factory;
  final int[] slots;
  final int[] inherited;

  SubplanProgram(Subplan plan, OperatorFactory factory) {
    this.plan = plan;
    this.factory = factory;
    slots = plan.slots().stream().mapToInt(Integer::intValue).toArray();
    inherited = plan.inherited().stream().mapToInt(Integer::intValue).toArray();
  }
}
