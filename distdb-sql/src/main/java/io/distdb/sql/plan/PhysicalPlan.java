// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import io.distdb.api.Fragment;
import io.distdb.api.index.Direction;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.live.LiveTable;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation.AggregateCall;
import io.distdb.sql.logical.Relation.Assignment;
import io.distdb.sql.logical.Relation.GroupingCall;
import io.distdb.sql.logical.Relation.LockTarget;
import io.distdb.sql.logical.Relation.SeriesCall;
import io.distdb.sql.logical.Relation.SetKind;
import io.distdb.sql.logical.Relation.SortKey;
import io.distdb.sql.logical.Relation.WindowCall;
import io.distdb.sql.logical.Variable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An operator and how it works. */
public sealed interface PhysicalPlan {
  /** The columns that come out, in order. */
  List<Variable> output();

  Estimate estimate();

  /** The inputs, in the order in which EXPLAIN shows them. */
  List<PhysicalPlan> inputs();

  /**
   * Reads a table by one access path and keeps the rows for which {@code filter} is true. Runs
   * where the rows are.
   *
   * @param conditions the conjuncts that {@code path} stands for, for EXPLAIN
   * @param why how this path was chosen, for EXPLAIN
   */
  record Scan(
      Table table,
      String alias,
      List<Variable> output,
      List<Integer> ordinals,
      AccessPath path,
      Direction direction,
      List<Expression> conditions,
      Optional<Expression> filter,
      String why,
      Estimate estimate)
      implements PhysicalPlan, Fragment {
    public Scan {
      output = List.copyOf(output);
      ordinals = List.copyOf(ordinals);
      conditions = List.copyOf(conditions);
    }

    /** Whether index entries have every column, so that no row is fetched. */
    public boolean isIndexOnly() {
      return path.secondaryIndex()
          .filter(index -> IndexCoverage.covers(table, index, ordinals))
          .isPresent();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of();
    }
  }

  /** Rows given as expressions. */
  record Values(List<Variable> output, List<List<Expression>> rows, Estimate estimate)
      implements PhysicalPlan {
    public Values {
      output = List.copyOf(output);
      rows = rows.stream().map(List::copyOf).toList();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of();
    }
  }

  record Filter(PhysicalPlan input, Expression predicate, Estimate estimate)
      implements PhysicalPlan {
    @Override
    public List<Variable> output() {
      return input.output();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }
  }

  record Project(PhysicalPlan input, List<Assignment> assignments, Estimate estimate)
      implements PhysicalPlan {
    public Project {
      assignments = List.copyOf(assignments);
    }

    @Override
    public List<Variable> output() {
      return assignments.stream().map(Assignment::variable).toList();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }
  }

  /**
   * Holds {@code build} in a hash table by its keys, then looks each row of {@code probe} up. A row
   * of both is a pair when the keys are equal and {@code residual} is true.
   *
   * @param ordered whether something above relies on rows that come in the order of {@code probe}
   */
  record HashJoin(
      JoinType type,
      PhysicalPlan probe,
      PhysicalPlan build,
      List<Expression> probeKeys,
      List<Expression> buildKeys,
      Optional<Expression> residual,
      boolean ordered,
      Estimate estimate)
      implements PhysicalPlan {
    public HashJoin {
      probeKeys = List.copyOf(probeKeys);
      buildKeys = List.copyOf(buildKeys);
    }

    @Override
    public List<Variable> output() {
      return joined(type, probe, build);
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(probe, build);
    }
  }

  /**
   * Walks over both sides at once, each ordered by its keys, ascending. Rows are pairs when the
   * keys are equal and {@code residual} is true. Not RIGHT, not FULL.
   */
  record MergeJoin(
      JoinType type,
      PhysicalPlan left,
      PhysicalPlan right,
      List<Expression> leftKeys,
      List<Expression> rightKeys,
      Optional<Expression> residual,
      Estimate estimate)
      implements PhysicalPlan {
    public MergeJoin {
      leftKeys = List.copyOf(leftKeys);
      rightKeys = List.copyOf(rightKeys);
    }

    @Override
    public List<Variable> output() {
      return joined(type, left, right);
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(left, right);
    }
  }

  /**
   * For each row of {@code outer}, reads {@code inner}, whose path refers to that row. Not RIGHT,
   * not FULL.
   */
  record IndexJoin(
      JoinType type,
      PhysicalPlan outer,
      Scan inner,
      Optional<Expression> residual,
      Estimate estimate)
      implements PhysicalPlan {
    @Override
    public List<Variable> output() {
      return joined(type, outer, inner);
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(outer, inner);
    }
  }

  /** Holds {@code inner}, and pairs it with each row of {@code outer}. */
  record NestedLoopJoin(
      JoinType type,
      PhysicalPlan outer,
      PhysicalPlan inner,
      Optional<Expression> condition,
      Estimate estimate)
      implements PhysicalPlan {
    @Override
    public List<Variable> output() {
      return joined(type, outer, inner);
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(outer, inner);
    }
  }

  /**
   * Runs {@code inner} anew for each row of {@code outer}, of which it reads {@code bindings}. Not
   * RIGHT, not FULL.
   */
  record LateralJoin(
      JoinType type,
      PhysicalPlan outer,
      PhysicalPlan inner,
      List<Expression.Correlation> bindings,
      Optional<Expression> condition,
      Estimate estimate)
      implements PhysicalPlan {
    public LateralJoin {
      bindings = List.copyOf(bindings);
    }

    @Override
    public List<Variable> output() {
      return joined(type, outer, inner);
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(outer, inner);
    }
  }

  /** Groups in a hash table; without keys there is exactly one group. */
  record HashAggregate(
      PhysicalPlan input, List<Variable> keys, List<AggregateCall> calls, Estimate estimate)
      implements PhysicalPlan {
    public HashAggregate {
      keys = List.copyOf(keys);
      calls = List.copyOf(calls);
    }

    @Override
    public List<Variable> output() {
      return Stream.concat(keys.stream(), calls.stream().map(AggregateCall::variable)).toList();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }
  }

  /** Groups input that comes sorted by {@code keys}, in some order of them; holds few groups. */
  record SortedAggregate(
      PhysicalPlan input, List<Variable> keys, List<AggregateCall> calls, Estimate estimate)
      implements PhysicalPlan {
    public SortedAggregate {
      keys = List.copyOf(keys);
      calls = List.copyOf(calls);
    }

    @Override
    public List<Variable> output() {
      return Stream.concat(keys.stream(), calls.stream().map(AggregateCall::variable)).toList();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }
  }

  /** Groups once for each set of keys, all in one pass over the input. */
  record GroupingSets(
      PhysicalPlan input,
      List<Variable> keys,
      List<List<Integer>> sets,
      List<GroupingCall> groupings,
      List<AggregateCall> calls,
      Estimate estimate)
      implements PhysicalPlan {
    public GroupingSets {
      keys = List.copyOf(keys);
      sets = sets.stream().map(List::copyOf).toList();
      groupings = List.copyOf(groupings);
      calls = List.copyOf(calls);
    }

    @Override
    public List<Variable> output() {
      return Stream.of(
              keys.stream(),
              groupings.stream().map(GroupingCall::variable),
              calls.stream().map(AggregateCall::variable))
          .flatMap(variables -> variables)
          .toList();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }
  }

  /** Adds the calls' columns; the input comes sorted by partition and order. */
  record WindowAgg(
      PhysicalPlan input,
      List<Variable> partition,
      List<SortKey> order,
      List<WindowCall> calls,
      Estimate estimate)
      implements PhysicalPlan {
    public WindowAgg {
      partition = List.copyOf(partition);
      order = List.copyOf(order);
      calls = List.copyOf(calls);
    }

    @Override
    public List<Variable> output() {
      return Stream.concat(input.output().stream(), calls.stream().map(WindowCall::variable))
          .toList();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }
  }

  record Distinct(PhysicalPlan input, Estimate estimate) implements PhysicalPlan {
    @Override
    public List<Variable> output() {
      return input.output();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }
  }

  /**
   * Sorts, stably.
   *
   * @param fetch the limit above and the offset to add, when only the first rows are asked for
   */
  record Sort(PhysicalPlan input, List<SortKey> keys, Optional<Fetch> fetch, Estimate estimate)
      implements PhysicalPlan {
    public Sort {
      keys = List.copyOf(keys);
    }

    @Override
    public List<Variable> output() {
      return input.output();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }
  }

  /** How many rows are asked for: BIGINT expressions without references. */
  record Fetch(Optional<Expression> limit, Optional<Expression> offset) {}

  /**
   * @param ties the order of the input, when rows that equal the last one in it come as well
   */
  record Limit(PhysicalPlan input, Fetch fetch, List<SortKey> ties, Estimate estimate)
      implements PhysicalPlan {
    public Limit {
      ties = List.copyOf(ties);
    }

    @Override
    public List<Variable> output() {
      return input.output();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }
  }

  /** Lets the first of each run of rows through that are equal in {@code keys}. */
  record Unique(PhysicalPlan input, List<Variable> keys, Estimate estimate)
      implements PhysicalPlan {
    public Unique {
      keys = List.copyOf(keys);
    }

    @Override
    public List<Variable> output() {
      return input.output();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }
  }

  /**
   * One input after the other.
   *
   * @param columns for each input, its variables in the order of {@code output}
   */
  record Append(
      List<PhysicalPlan> inputs,
      List<List<Variable>> columns,
      List<Variable> output,
      Estimate estimate)
      implements PhysicalPlan {
    public Append {
      inputs = List.copyOf(inputs);
      columns = columns.stream().map(List::copyOf).toList();
      output = List.copyOf(output);
    }
  }

  /** INTERSECT and EXCEPT: counts equal rows of each side in a hash table. */
  record HashSetOperation(
      SetKind kind,
      boolean all,
      PhysicalPlan left,
      List<Variable> leftColumns,
      PhysicalPlan right,
      List<Variable> rightColumns,
      List<Variable> output,
      Estimate estimate)
      implements PhysicalPlan {
    public HashSetOperation {
      leftColumns = List.copyOf(leftColumns);
      rightColumns = List.copyOf(rightColumns);
      output = List.copyOf(output);
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(left, right);
    }
  }

  /** Runs {@code body}; its tables run when they are read for the first time, and once. */
  record With(List<CommonTable> tables, PhysicalPlan body, Estimate estimate)
      implements PhysicalPlan {
    public With {
      tables = List.copyOf(tables);
    }

    @Override
    public List<Variable> output() {
      return body.output();
    }

    /** The tables, then the body. */
    @Override
    public List<PhysicalPlan> inputs() {
      return Stream.concat(tables.stream().map(CommonTable::plan), Stream.of(body)).toList();
    }
  }

  /**
   * @param columns variables of {@code plan} that make the table's columns
   */
  record CommonTable(int id, String name, PhysicalPlan plan, List<Variable> columns) {
    public CommonTable {
      columns = List.copyOf(columns);
    }
  }

  /**
   * @param ordinals columns of the table that become {@code output}
   */
  record CommonTableScan(
      int id,
      boolean working,
      String name,
      String alias,
      List<Variable> output,
      List<Integer> ordinals,
      Estimate estimate)
      implements PhysicalPlan {
    public CommonTableScan {
      output = List.copyOf(output);
      ordinals = List.copyOf(ordinals);
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of();
    }
  }

  /** Locks rows one by one, as they are asked for. */
  record LockRows(
      PhysicalPlan input, List<LockTarget> targets, Optional<Expression> recheck, Estimate estimate)
      implements PhysicalPlan {
    public LockRows {
      targets = List.copyOf(targets);
    }

    @Override
    public List<Variable> output() {
      return input.output();
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(input);
    }
  }

  /** The rows of functions side by side. */
  record FunctionScan(
      List<SeriesCall> calls, boolean ordinality, List<Variable> output, Estimate estimate)
      implements PhysicalPlan {
    public FunctionScan {
      calls = List.copyOf(calls);
      output = List.copyOf(output);
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of();
    }
  }

  /** The rows of a live table. */
  record LiveScan(LiveTable table, List<Variable> output, Estimate estimate)
      implements PhysicalPlan {
    public LiveScan {
      output = List.copyOf(output);
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of();
    }
  }

  /** Runs {@code base}, then {@code step} over the rows that came last, until none comes. */
  record RecursiveUnion(
      int id,
      boolean distinct,
      PhysicalPlan base,
      List<Variable> baseColumns,
      PhysicalPlan step,
      List<Variable> stepColumns,
      List<Variable> output,
      Estimate estimate)
      implements PhysicalPlan {
    public RecursiveUnion {
      baseColumns = List.copyOf(baseColumns);
      stepColumns = List.copyOf(stepColumns);
      output = List.copyOf(output);
    }

    @Override
    public List<PhysicalPlan> inputs() {
      return List.of(base, step);
    }
  }

  private static List<Variable> joined(JoinType type, PhysicalPlan left, PhysicalPlan right) {
    return type.isExistence()
        ? left.output()
        : Stream.concat(left.output().stream(), right.output().stream()).toList();
  }
}
