// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Variable;
import io.distdb.sql.spill.SpillFile;
import java.util.List;

/**
 * Joins two files block by block: as many build rows as there is room for, with all outer rows;
 * then the next build rows, with all outer rows again.
 */
final class JoinBlocks {
  private final HashPartners.Keys keys;
  private final RowJoin join;
  private final SpillFile build;
  private final SpillFile outer;
  private final List<Variable> outerLayout;
  private final Execution execution;
  private final QueryMemory.Holding holding;
  private final QueryMemory.Holding matchesHolding;
  private final Operator buildRows;
  private final OuterMatches matches;
  private long taken;

  /**
   * @param build not empty
   * @param holding of the join
   */
  JoinBlocks(
      HashPartners.Keys keys,
      RowJoin join,
      SpillFile build,
      SpillFile outer,
      List<Variable> outerLayout,
      Execution execution,
      QueryMemory.Holding holding) {
    this.keys = keys;
    this.join = join;
    this.build = build;
    this.outer = outer;
    this.outerLayout = outerLayout;
    this.execution = execution;
    this.holding = holding;
    buildRows = new SpillScan(build, keys.layout, false);
    matches = new OuterMatches(outer.rows());
    matchesHolding = execution.memory().holding("list of matched rows of the join");
    matchesHolding.set(matches.heapBytes());
  }

  /** The join of the next block; null when there is none. The one before is to be closed first. */
  Operator next() {
    if (taken == build.rows()) {
      return null;
    }
    HashPartners block = new HashPartners(keys, 0, execution, holding);
    block.fill(buildRows);
    taken += block.rows().rows;
    matches.begin(taken == build.rows());
    return join.open(new SpillScan(outer, outerLayout, false), block, matches, execution);
  }

  /** Deletes the files. */
  void close() {
    build.close();
    outer.close();
    matchesHolding.release();
  }
}
