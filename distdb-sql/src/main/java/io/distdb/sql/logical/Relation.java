// SPDX-License-Identifier: MIT
package io.distdb.sql.logical;

import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.api.type.Value;
import io.distdb.sql.ast.WindowFrame;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.function.AggregateFunction;
import io.distdb.sql.function.TableFunction;
import io.distdb.sql.function.WindowedFunction;
import io.distdb.sql.live.LiveTable;
import java.util.List;
import java.util.Optional;

/**
 * A relational operator, yet without a way to do it. Rows are bags; order only above a {@link
 * Sort}.
 */
public sealed interface Relation {
  /** The columns that come out, in order. */
  List<Variable> output();

  /**
   * Reads a table.
   *
   * @param output one variable for each of {@code ordinals}
   * @param ordinals positions in {@link Table#columns} that are read; {@link #ROW_ID}
   * @param alias the name that the statement gave it
   */
  record Scan(Table table, String alias, List<Variable> output, List<Integer> ordinals)
      implements Relation {
    /** The hidden row id, a BIGINT, of a table without a primary key. */
    public static final int ROW_ID = -1;

    public Scan {
      output = List.copyOf(output);
      ordinals = List.copyOf(ordinals);
    }
  }

  /** Rows given as expressions, which may refer to queries around and to nothing else. */
  record Values(List<Variable> output, List<List<Expression>> rows) implements Relation {
    public Values {
      output = List.copyOf(output);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  record Filter(Relation input, Expression predicate) implements Relation {
    @Override
    public List<Variable> output() {
      return input.output();
    }
  }

  record Project(Relation input, List<Assignment> assignments) implements Relation {
    public Project {
      assignments = List.copyOf(assignments);
    }

    @Override
    public List<Variable> output() {
      return assignments.stream().map(Assignment::variable).toList();
    }
  }

  record Assignment(Variable variable, Expression expression) {}

  /**
   * Left columns, then right columns, or for SEMI and ANTI the left ones alone. The condition of a
   * CROSS join is absent, and may be so for SEMI and ANTI.
   */
  record Join(JoinKind kind, Relation left, Relation right, Optional<Expression> condition)
      implements Relation {
    @Override
    public List<Variable> output() {
      return kind.outputOf(left, right);
    }
  }

  /**
   * A join whose right side refers to variables of its left side: it is evaluated for each left row
   * (LATERAL). INNER, CROSS, LEFT, SEMI or ANTI.
   */
  record Apply(JoinKind kind, Relation left, Relation right, Optional<Expression> condition)
      implements Relation {
    @Override
    public List<Variable> output() {
      return kind.outputOf(left, right);
    }
  }

  /** Which pairs of rows, and which rows without a partner, a join gives. */
  enum JoinKind {
    INNER,
    CROSS,
    /** Left rows without a partner too, with NULLs for the right. A RIGHT join is one mirrored. */
    LEFT,
    FULL,
    /** Left rows with a partner, once. */
    SEMI,
    /** Left rows without a partner. */
    ANTI;

    public boolean isInner() {
      return this == INNER || this == CROSS;
    }

    /** Whether only left columns come out. */
    public boolean isExistence() {
      return this == SEMI || this == ANTI;
    }

    private List<Variable> outputOf(Relation left, Relation right) {
      return isExistence()
          ? left.output()
          : java.util.stream.Stream.concat(left.output().stream(), right.output().stream())
              .toList();
    }
  }

  /**
   * Groups by {@code keys} (variables of the input); without keys there is exactly one group.
   * Output: the keys, then the aggregates.
   */
  record Aggregate(Relation input, List<Variable> keys, List<AggregateCall> calls)
      implements Relation {
    public Aggregate {
      keys = List.copyOf(keys);
      calls = List.copyOf(calls);
    }

    @Override
    public List<Variable> output() {
      return java.util.stream.Stream.concat(
              keys.stream(), calls.stream().map(AggregateCall::variable))
          .toList();
    }
  }

  /**
   * @param arguments empty for {@code count(*)}
   * @param filter rows for which it is not true do not count, and their arguments are not computed
   * @param order in which rows are taken in; empty for any
   */
  record AggregateCall(
      Variable variable,
      AggregateFunction function,
      List<Expression> arguments,
      boolean distinct,
      Optional<Expression> filter,
      List<Ordered> order) {
    public AggregateCall {
      arguments = List.copyOf(arguments);
      order = List.copyOf(order);
    }

    public AggregateCall(
        Variable variable,
        AggregateFunction function,
        List<Expression> arguments,
        boolean distinct) {
      this(variable, function, arguments, distinct, Optional.empty(), List.of());
    }
  }

  /** A value to sort by that is no column yet. */
  record Ordered(Expression expression, boolean descending, boolean nullsFirst) {}

  /**
   * Groups once for each of {@code sets}: by the keys whose positions it lists, the others being
   * NULL. A set without keys makes exactly one group. Output: keys, groupings, aggregates.
   */
  record GroupingSets(
      Relation input,
      List<Variable> keys,
      List<List<Integer>> sets,
      List<GroupingCall> groupings,
      List<AggregateCall> calls)
      implements Relation {
    public GroupingSets {
      keys = List.copyOf(keys);
      sets = sets.stream().map(List::copyOf).toList();
      groupings = List.copyOf(groupings);
      calls = List.copyOf(calls);
    }

    @Override
    public List<Variable> output() {
      List<Variable> output = new java.util.ArrayList<>(keys);
      groupings.forEach(grouping -> output.add(grouping.variable()));
      calls.forEach(call -> output.add(call.variable()));
      return output;
    }
  }

  /**
   * {@code GROUPING(a, b)}: an INTEGER with a bit for each key, the last key's lowest; set where
   * the row is not grouped by that key.
   *
   * @param keys positions among the keys
   */
  record GroupingCall(Variable variable, List<Integer> keys) {
    public GroupingCall {
      keys = List.copyOf(keys);
    }
  }

  // --- windows ---

  /**
   * Adds columns that are computed over the rows around each row. Output: the input's, then the
   * calls'.
   *
   * @param partition rows with equal values are computed on their own
   * @param order within a partition
   */
  record Window(
      Relation input, List<Variable> partition, List<SortKey> order, List<WindowCall> calls)
      implements Relation {
    public Window {
      partition = List.copyOf(partition);
      order = List.copyOf(order);
      calls = List.copyOf(calls);
    }

    @Override
    public List<Variable> output() {
      return java.util.stream.Stream.concat(
              input.output().stream(), calls.stream().map(WindowCall::variable))
          .toList();
    }

    /** The order in which the input must come. */
    public List<SortKey> sort() {
      List<SortKey> sort = new java.util.ArrayList<>();
      partition.forEach(variable -> sort.add(new SortKey(variable, false, false)));
      order.stream().filter(key -> !partition.contains(key.variable())).forEach(sort::add);
      return sort;
    }
  }

  /**
   * @param filter of an aggregate
   */
  record WindowCall(
      Variable variable,
      WindowedFunction function,
      List<Expression> arguments,
      Optional<Expression> filter,
      Frame frame) {
    public WindowCall {
      arguments = List.copyOf(arguments);
    }
  }

  /** The rows around a row that a call sees. */
  record Frame(WindowFrame.Unit unit, Bound start, Bound end, WindowFrame.Exclusion exclusion) {
    /** From the first row of the partition to the last peer of the row. */
    public static final Frame DEFAULT =
        new Frame(
            WindowFrame.Unit.RANGE,
            Bound.of(WindowFrame.BoundKind.UNBOUNDED_PRECEDING),
            Bound.of(WindowFrame.BoundKind.CURRENT_ROW),
            WindowFrame.Exclusion.NO_OTHERS);

    /** Expressions of both bounds. */
    public List<Expression> expressions() {
      List<Expression> all = new java.util.ArrayList<>();
      for (Bound bound : List.of(start, end)) {
        bound.offset.ifPresent(all::add);
        bound.range.ifPresent(range -> all.add(range.key));
        bound.range.flatMap(RangeLimit::limit).ifPresent(all::add);
      }
      return all;
    }
  }

  /**
   * @param offset of PRECEDING and FOLLOWING, without references: BIGINT for ROWS and GROUPS, else
   *     of the type that is added to the sort key
   * @param range for RANGE with an offset
   */
  record Bound(
      WindowFrame.BoundKind kind, Optional<Expression> offset, Optional<RangeLimit> range) {
    public static Bound of(WindowFrame.BoundKind kind) {
      return new Bound(kind, Optional.empty(), Optional.empty());
    }
  }

  /**
   * Where a bound of RANGE lies.
   *
   * @param key the sort key, in the type of its comparison
   * @param limit the key less or plus the offset; absent: both are BIGINT or DOUBLE PRECISION, and
   *     their sum is not to overflow
   */
  record RangeLimit(Expression key, Optional<Expression> limit) {}

  /** Equal rows once. */
  record Distinct(Relation input) implements Relation {
    @Override
    public List<Variable> output() {
      return input.output();
    }
  }

  record Sort(Relation input, List<SortKey> keys) implements Relation {
    public Sort {
      keys = List.copyOf(keys);
    }

    @Override
    public List<Variable> output() {
      return input.output();
    }
  }

  record SortKey(Variable variable, boolean descending, boolean nullsFirst) {}

  /**
   * Both of type BIGINT, without references; NULL limit means all.
   *
   * @param ties the order of the input, when rows that equal the last one in it come as well; empty
   *     otherwise
   */
  record Limit(
      Relation input, Optional<Expression> limit, Optional<Expression> offset, List<SortKey> ties)
      implements Relation {
    public Limit {
      ties = List.copyOf(ties);
    }

    public Limit(Relation input, Optional<Expression> limit, Optional<Expression> offset) {
      this(input, limit, offset, List.of());
    }

    @Override
    public List<Variable> output() {
      return input.output();
    }
  }

  /** The first row of every run of rows that are equal in {@code keys}: the input is sorted so. */
  record DistinctOn(Relation input, List<Variable> keys) implements Relation {
    public DistinctOn {
      keys = List.copyOf(keys);
    }

    @Override
    public List<Variable> output() {
      return input.output();
    }
  }

  // --- set operations ---

  /**
   * The rows of all inputs.
   *
   * @param columns for each input, its variables in the order of {@code output}
   */
  record Union(List<Relation> inputs, List<List<Variable>> columns, List<Variable> output)
      implements Relation {
    public Union {
      inputs = List.copyOf(inputs);
      columns = columns.stream().map(List::copyOf).toList();
      output = List.copyOf(output);
    }
  }

  enum SetKind {
    INTERSECT,
    EXCEPT
  }

  /**
   * The rows that both sides have, or that the left has and the right has not; NULLs are equal.
   *
   * @param all whether rows are counted: {@code min(l, r)} copies of INTERSECT, {@code l - r} of
   *     EXCEPT; otherwise each row comes once
   */
  record SetOperation(
      SetKind kind,
      boolean all,
      Relation left,
      List<Variable> leftColumns,
      Relation right,
      List<Variable> rightColumns,
      List<Variable> output)
      implements Relation {
    public SetOperation {
      leftColumns = List.copyOf(leftColumns);
      rightColumns = List.copyOf(rightColumns);
      output = List.copyOf(output);
    }
  }

  // --- locks ---

  /**
   * Locks the rows that come through, and hands on their newest values; a row that is gone, or that
   * changed since and is no longer right, does not come through.
   *
   * @param recheck over the input, what a row that changed must still satisfy
   */
  record LockRows(Relation input, List<LockTarget> targets, Optional<Expression> recheck)
      implements Relation {
    public LockRows {
      targets = List.copyOf(targets);
    }

    @Override
    public List<Variable> output() {
      return input.output();
    }
  }

  /**
   * @param clause for errors: {@code FOR UPDATE}
   * @param key variables of the primary key, or of the hidden row id
   * @param columns variables that are read anew
   * @param ordinals positions in the table of {@code columns}
   */
  record LockTarget(
      Table table,
      String clause,
      List<Variable> key,
      List<Variable> columns,
      List<Integer> ordinals,
      LockStrength strength,
      WaitPolicy policy) {
    public LockTarget {
      key = List.copyOf(key);
      columns = List.copyOf(columns);
      ordinals = List.copyOf(ordinals);
    }
  }

  // --- functions ---

  /**
   * The rows of functions side by side; what ends first is NULL until the last one ends. Arguments
   * may have variables of what stands to the left.
   *
   * @param output one for each call; then, with {@code ordinality}, the row's number as BIGINT
   */
  record FunctionRows(List<SeriesCall> calls, boolean ordinality, List<Variable> output)
      implements Relation {
    public FunctionRows {
      calls = List.copyOf(calls);
      output = List.copyOf(output);
    }
  }

  record SeriesCall(TableFunction function, List<Expression> arguments) {
    public SeriesCall {
      arguments = List.copyOf(arguments);
    }
  }

  /** The rows of a live table, as of when it is read. */
  record LiveRows(LiveTable table, List<Variable> output) implements Relation {
    public LiveRows {
      output = List.copyOf(output);
    }
  }

  // --- WITH ---

  /** {@code body}, in which scans read {@code tables}; a table may read those before it. */
  record With(List<CommonTable> tables, Relation body) implements Relation {
    public With {
      tables = List.copyOf(tables);
    }

    @Override
    public List<Variable> output() {
      return body.output();
    }
  }

  /**
   * @param id unique in the statement
   * @param materialized as written; absent leaves it to the optimizer
   * @param columns variables of {@code definition}
   */
  record CommonTable(
      int id,
      String name,
      Optional<Boolean> materialized,
      Relation definition,
      List<Variable> columns) {
    public CommonTable {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Reads a table of WITH; or, when {@code working}, the rows that the last step of the recursion
   * added.
   *
   * @param ordinals columns of the table that become {@code output}
   */
  record CommonTableScan(
      int id,
      boolean working,
      String name,
      String alias,
      List<Variable> output,
      List<Integer> ordinals)
      implements Relation {
    public CommonTableScan {
      output = List.copyOf(output);
      ordinals = List.copyOf(ordinals);
    }
  }

  /**
   * The rows of {@code base}, then again and again those of {@code step}, which reads the rows that
   * came last, until none comes (SQL:1999, linear recursion).
   *
   * @param id of the working table
   * @param distinct each row once, in all steps together
   */
  record RecursiveUnion(
      int id,
      boolean distinct,
      Relation base,
      List<Variable> baseColumns,
      Relation step,
      List<Variable> stepColumns,
      List<Variable> output)
      implements Relation {
    public RecursiveUnion {
      baseColumns = List.copyOf(baseColumns);
      stepColumns = List.copyOf(stepColumns);
      output = List.copyOf(output);
    }
  }

  /** Shorthand for tests: one row of constants. */
  static Values row(List<Variable> output, List<Value> values) {
    List<Expression> row = new java.util.ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      row.add(new Expression.Literal(values.get(i), output.get(i).type()));
    }
    return new Values(output, List.of(row));
  }
}
