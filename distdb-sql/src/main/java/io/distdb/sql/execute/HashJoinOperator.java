// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Relation.SortKey;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.NodeNote;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.spill.SpillFile;
import io.distdb.sql.spill.SpillPartitions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A hash join of any type, within the memory of the query.
 *
 * <p>Design: the first round holds the build side, or those partitions of it that there is room
 * for; outer rows that may have partners in the others wait in files too. Then each pair of files,
 * of build and of outer rows with hashes of one partition, is a round of its own, which may hold
 * less than its build side again and leave pairs of files by other bits of the hash. Rows of one
 * key cannot be parted: where most rows of a file went to one partition again, it is joined block
 * by block: as many of its build rows as there is room for at a time, and for each block all of its
 * outer rows, of which it is kept which have met a partner (Shapiro, "Join processing in database
 * systems with large main memories", ACM TODS 11(3), 1986; Graefe, "Query evaluation techniques for
 * large databases", ACM Computing Surveys 25(2), 1993, section 5). A row of either side is in one
 * round only, but for blocks, so that every round can tell which of its rows have no partner.
 *
 * <p>Where the plan relies on the order of the outer rows, these are numbered as soon as there is
 * more than one round, and what all rounds give is sorted by the numbers.
 */
final class HashJoinOperator implements Operator {
  /** What is compiled once. */
  static final class Factory implements OperatorFactory {
    private final PhysicalPlan.HashJoin plan;
    private final OperatorFactory outer;
    private final OperatorFactory build;
    private final HashPartners.Keys keys;
    private final RowJoin join;

    /** Outer rows with their number behind them: where the order of the rows must be kept. */
    private final List<Variable> numbered;

    private final RowJoin numberedJoin;

    Factory(PhysicalPlan.HashJoin plan, OperatorFactory outer, OperatorFactory build) {
      this.plan = plan;
      this.outer = outer;
      this.build = build;
      keys = new HashPartners.Keys(plan);
      join =
          JoinFactory.rows(
              plan.type(), plan.probe().output(), plan.build().output(), plan.residual());
      numbered = new ArrayList<>(plan.probe().output());
      numbered.add(NumberedRows.NUMBER);
      numberedJoin =
          plan.ordered()
              ? JoinFactory.rows(plan.type(), numbered, plan.build().output(), plan.residual())
              : null;
    }

    @Override
    public Operator open(Execution execution) {
      return new HashJoinOperator(this, execution);
    }
  }

  /** Of one partition: what is to be joined later. */
  private record Waiting(SpillFile build, SpillFile outer, int level) {
    /** The rows of {@code build} cannot be parted. */
    private static final int WHOLE = SpillPartitions.LEVEL_MAX + 1;

    private void seal() {
      build.seal();
      outer.seal();
    }

    private void close() {
      build.close();
      outer.close();
    }
  }

  private final Factory plan;
  private final Execution execution;
  private final Operator outer;
  private final QueryMemory.Holding holding;
  private final HashUse use = new HashUse();
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /** As the rounds have them: the plan's, or those with numbers. */
  private List<Variable> outerLayout;

  private RowJoin join;

  /** Brings the rows of all rounds into the order of the outer rows; null where they are. */
  private Operator sorted;

  private ColumnMapping withoutNumber;

  /** What is joined now; null before the first round and at the end. */
  private Operator round;

  /** Of the round. */
  private HashPartners partners;

  /** Outer rows of the round whose partners are not held; null when all are. */
  private SpillPartitions outerFiles;

  private int level;

  /** Of a pair of files that is joined block by block, else null. */
  private JoinBlocks blocks;

  private boolean begun;

  private HashJoinOperator(Factory plan, Execution execution) {
    this.plan = plan;
    this.execution = execution;
    outer = plan.outer.open(execution);
    outerLayout = plan.plan.probe().output();
    join = plan.join;
    holding = execution.memory().spillable("hash table of the join");
  }

  @Override
  public Batch next() {
    if (!begun) {
      begun = true;
      begin();
    }
    if (sorted == null) {
      return nextOfRounds();
    }
    Batch batch = sorted.next();
    return batch == null ? null : withoutNumber.apply(batch);
  }

  private Batch nextOfRounds() {
    while (round != null) {
      Batch batch = round.next();
      if (batch != null) {
        return batch;
      }
      round = nextRound();
    }
    return null;
  }

  /** Nothing is built for an outer side without rows, unless build rows come out alone. */
  private void begin() {
    Batch first = outer.next();
    if (first == null && !plan.plan.type().keepsSecond()) {
      outer.close();
      return;
    }
    Operator outerRows = new PutBack(first, outer);
    build(plan.build.open(execution));
    if (plan.plan.ordered() && partners.partitions() != null) {
      outerRows = new NumberedRows(outerRows, outerLayout.size());
      outerLayout = plan.numbered;
      join = plan.numberedJoin;
      sort();
    }
    round = joinRows(outerRows);
  }

  private void sort() {
    List<Variable> layout = new ArrayList<>(outerLayout);
    if (!plan.plan.type().isExistence()) {
      layout.addAll(plan.plan.build().output());
    }
    SortKey byNumber = new SortKey(NumberedRows.NUMBER, false, false);
    sorted = new SortOperator(new Rounds(), layout, List.of(byNumber), Long.MAX_VALUE, execution);
    withoutNumber = new ColumnMapping(layout, plan.plan.output());
  }

  /** The rows of all rounds. */
  private final class Rounds implements Operator {
    @Override
    public Batch next() {
      return nextOfRounds();
    }

    @Override
    public void close() {
      // the join closes its rounds
    }
  }

  /** Holds as much of the build side as there is room for. */
  private void build(Operator rows) {
    use.begin();
    partners = new HashPartners(plan.keys, level, execution, holding);
    partners.build(rows);
    use.hold(partners.heapBytes());
  }

  /** A round with what is held. */
  private Operator joinRows(Operator outerRows) {
    outerFiles = null;
    Operator passing = outerRows;
    if (partners.partitions() != null) {
      outerFiles = execution.memory().newPartitions(outerLayout, level);
      passing = new ProbeSplit(outerRows, partners, outerFiles, plan.keys, execution, holding);
    }
    return join.open(passing, partners, null, execution);
  }

  private Operator nextRound() {
    if (blocks == null) {
      leaveFiles();
    }
    round.close();
    holding.holdAnyway(0);
    if (blocks != null) {
      Operator next = blocks.next();
      if (next != null) {
        return next;
      }
      blocks.close();
      blocks = null;
    }
    Waiting next = waiting.poll();
    return next == null ? null : open(next);
  }

  /** What the round did not join is to be joined later, as far as rows can come of it. */
  private void leaveFiles() {
    SpillPartitions builds = partners.partitions();
    if (builds == null) {
      return;
    }
    long rows = partners.rows().rows;
    for (int i = 0; i < SpillPartitions.COUNT; i++) {
      rows += builds.file(i).rows();
    }
    for (int i = 0; i < SpillPartitions.COUNT; i++) {
      SpillFile build = builds.file(i);
      boolean parted = build.rows() <= rows / 4 * 3;
      Waiting pair = new Waiting(build, outerFiles.file(i), parted ? level + 1 : Waiting.WHOLE);
      if (build.rows() > 0 && (pair.outer.rows() > 0 || plan.plan.type().keepsSecond())) {
        pair.seal();
        use.wrote(pair.build);
        use.wrote(pair.outer);
        waiting.push(pair);
      } else {
        pair.close();
      }
    }
  }

  private Operator open(Waiting pair) {
    if (pair.level == Waiting.WHOLE) {
      use.begin();
      blocks =
          new JoinBlocks(plan.keys, join, pair.build, pair.outer, outerLayout, execution, holding);
      return blocks.next();
    }
    level = pair.level;
    build(new SpillScan(pair.build, plan.keys.layout, true));
    return joinRows(new SpillScan(pair.outer, outerLayout, true));
  }

  @Override
  public Optional<NodeNote> note() {
    return Optional.of(use.note("Hash Batches"));
  }

  @Override
  public void close() {
    begun = true;
    if (sorted != null) {
      sorted.close();
    }
    if (round != null) {
      round.close();
      round = null;
    }
    outer.close();
    if (blocks != null) {
      blocks.close();
    }
    if (partners != null && partners.partitions() != null) {
      partners.partitions().close();
    }
    if (outerFiles != null) {
      outerFiles.close();
    }
    waiting.forEach(Waiting::close);
    waiting.clear();
    holding.release();
  }
}
