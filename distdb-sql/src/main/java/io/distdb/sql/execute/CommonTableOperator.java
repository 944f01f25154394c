// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.plan.PhysicalPlan;

/** Reads the rows that other operators read as well. */
final class CommonTableOperator implements Operator {
  private final Execution execution;
  private final SharedRows shared;
  private final int[] ordinals;
  private RowList.Reader reader;

  CommonTableOperator(PhysicalPlan.CommonTableScan scan, int[] ordinals, Execution execution) {
    this.execution = execution;
    this.ordinals = ordinals;
    shared = execution.commonTables().find(scan.id());
  }

  @Override
  public Batch next() {
    execution.cancellation().check();
    if (reader == null) {
      shared.fetch(0);
      reader = shared.rows().reader(ordinals);
    } else {
      shared.fetch(reader.position());
    }
    return reader.next();
  }

  @Override
  public void close() {
    // the rows are whoever's shares them
  }
}
