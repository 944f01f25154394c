// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.spill.SpillPartitions;
import io.distdb.sql.vector.Vector;

/**
 * The outer side of a hash join whose build side is held in part: rows whose partners are in a file
 * go to a file as well, the others pass. A row that has no partner anywhere passes.
 */
final class ProbeSplit implements Operator {
  private final Operator input;
  private final HashPartners partners;
  private final SpillPartitions waiting;
  private final Program keys;
  private final Frame frame;
  private final Vector[] values;
  private final Execution execution;
  private final QueryMemory.Holding holding;
  private final Batch output = new Batch(null);
  private int[] selection = {};

  /**
   * @param waiting gets the rows that do not pass
   * @param holding of the join
   */
  ProbeSplit(
      Operator input,
      HashPartners partners,
      SpillPartitions waiting,
      HashPartners.Keys keys,
      Execution execution,
      QueryMemory.Holding holding) {
    this.input = input;
    this.partners = partners;
    this.waiting = waiting;
    this.keys = keys.ofProbe;
    this.execution = execution;
    this.holding = holding;
    frame = this.keys.frame(execution);
    values = new Vector[this.keys.size()];
  }

  @Override
  public Batch next() {
    for (Batch batch = input.next(); batch != null; batch = input.next()) {
      execution.cancellation().check();
      Batch passing = split(batch);
      holding.holdAnyway(partners.heapBytes() + waiting.heapBytes());
      if (passing.count > 0) {
        return passing;
      }
    }
    return null;
  }

  private Batch split(Batch batch) {
    for (int i = 0; i < values.length; i++) {
      values[i] = keys.evaluate(i, frame, batch);
    }
    if (selection.length < batch.count) {
      selection = new int[batch.count];
    }
    int passing = 0;
    for (int n = 0; n < batch.count; n++) {
      int position = batch.position(n);
      int hash = ChainedRows.anyNull(values, position) ? 0 : KeyTable.hash(values, position);
      if (!ChainedRows.anyNull(values, position) && partners.isWaiting(hash)) {
        waiting.append(hash, batch.columns, position);
      } else {
        selection[passing++] = position;
      }
    }
    output.columns = batch.columns;
    output.extent = batch.extent;
    output.selected = selection;
    output.count = passing;
    return output;
  }

  @Override
  public void close() {
    input.close();
  }
}
