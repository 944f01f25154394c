// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.sql.logical.Relation.AggregateCall;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/**
 * One aggregate call for all groups of one execution. What DISTINCT has seen is kept as pairs of
 * group and value; with an ORDER BY rows are kept until the end, then sorted by group and key. What
 * grows with the rows can be told to wait on disk.
 */
final class AggregateState {
  private static final Vector[] NO_KEYS = {};

  private final AggregateCall call;
  private final Vector groups = new Vector(SqlType.INTEGER, Batch.ROWS_FIRST);
  private final Batch keyedRows = new Batch(null);

  /** Null once rows wait on disk. */
  private Aggregator aggregator;

  private ColumnBuffer kept;
  private KeyTable seen;

  /** Where rows wait; null while all are in memory. */
  private SpilledAggregate spilled;

  AggregateState(AggregateCall call) {
    this.call = call;
    aggregator = Aggregators.of(call.function());
    kept = call.order().isEmpty() ? null : new ColumnBuffer(layout(call));
  }

  /** Group, arguments, keys. */
  private static List<Variable> layout(AggregateCall call) {
    List<Variable> layout = new ArrayList<>();
    layout.add(new Variable(0, "group", SqlType.INTEGER));
    call.arguments().forEach(e -> layout.add(new Variable(layout.size(), "argument", e.type())));
    call.order()
        .forEach(key -> layout.add(new Variable(layout.size(), "key", key.expression().type())));
    return layout;
  }

  /** What it holds of values, to tell them apart and to sort rows, an estimate. */
  long heldBytes() {
    return spilled != null
        ? spilled.heapBytes()
        : aggregator.heldBytes()
            + (seen == null ? 0 : seen.heapBytes())
            + (kept == null ? 0 : kept.heapBytes() + RowSorter.ROW_BYTES * kept.rows);
  }

  /** How much of it can wait on disk. */
  long spillableBytes() {
    boolean grows = spilled != null || kept != null || seen != null || aggregator.gathers();
    return grows ? heldBytes() : 0;
  }

  /** Writes what it can to files. Results are asked for once then, in order of their groups. */
  void spill(Execution execution) {
    if (spilled == null) {
      spilled = new SpilledAggregate(call, layout(call), sorter(), execution);
      if (kept != null) {
        spilled.take(kept);
      } else if (seen != null) {
        spilled.take(seen);
      } else {
        ColumnBuffer rows = new ColumnBuffer(layout(call));
        aggregator.giveBack(rows);
        spilled.take(rows);
      }
      kept = null;
      seen = null;
      aggregator = null;
    }
    spilled.spill();
  }

  void ensure(int groupCount) {
    if (aggregator != null) {
      aggregator.ensure(groupCount);
    }
  }

  /**
   * @param groupOf by position of the row
   * @param order the keys' values; empty without ORDER BY
   */
  void add(int[] groupOf, Batch rows, Vector[] arguments, Vector[] order) {
    if (spilled != null) {
      spilled.add(keyed(groupOf, rows, arguments, order));
      return;
    }
    if (kept != null) {
      kept.append(keyed(groupOf, rows, arguments, order));
      return;
    }
    boolean distinct = call.distinct() && arguments.length > 0;
    boolean single = arguments.length < 2;
    Vector only = arguments.length == 1 ? arguments[0] : null;
    if (single && !distinct) {
      aggregator.addAll(groupOf, rows, only);
      return;
    }
    for (int n = 0; n < rows.count; n++) {
      int row = rows.position(n);
      int group = groupOf[row];
      if (distinct && !isNew(group, arguments, row)) {
        continue;
      }
      if (single) {
        aggregator.add(group, only, row);
      } else {
        aggregator.add(group, arguments, row);
      }
    }
  }

  private boolean isNew(int group, Vector[] arguments, int row) {
    groups.ensure(row + 1);
    groups.longs[row] = group;
    Vector[] key = keyed(arguments, NO_KEYS);
    if (seen == null) {
      seen = new KeyTable(key);
    }
    int known = seen.size();
    return seen.findOrAdd(key, row) == known;
  }

  private Vector[] keyed(Vector[] arguments, Vector[] order) {
    Vector[] all = new Vector[1 + arguments.length + order.length];
    all[0] = groups;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    System.arraycopy(order, 0, all, 1 + arguments.length, order.length);
    return all;
  }

  /** The rows as they are kept: group, arguments, keys. */
  private Batch keyed(int[] groupOf, Batch rows, Vector[] arguments, Vector[] order) {
    groups.ensure(rows.extent);
    for (int n = 0; n < rows.count; n++) {
      int row = rows.position(n);
      groups.longs[row] = groupOf[row];
    }
    keyedRows.columns = keyed(arguments, order);
    keyedRows.count = rows.count;
    keyedRows.selected = rows.selected;
    keyedRows.extent = rows.extent;
    return keyedRows;
  }

  /** Takes in what waited for its order. To be called once, before the results. */
  void finish() {
    if (spilled != null) {
      spilled.finish();
      return;
    }
    if (kept == null) {
      return;
    }
    Vector[] arguments = new Vector[call.arguments().size()];
    System.arraycopy(kept.columns, 1, arguments, 0, arguments.length);
    if (aggregator.counts()) {
      Vector values = arguments[arguments.length - 1];
      for (int row = 0; row < kept.rows; row++) {
        aggregator.expect((int) kept.columns[0].longs[row], values.nulls[row] ? 0 : 1);
      }
    }
    for (int row : sorter().sort(kept)) {
      int group = (int) kept.columns[0].longs[row];
      if (!call.distinct() || isNew(group, arguments, row)) {
        aggregator.add(group, arguments, row);
      }
    }
  }

  /** By group; then by the keys, or, to bring equal ones together, by the arguments. */
  private RowSorter sorter() {
    boolean byArguments = call.distinct() && call.order().isEmpty();
    int keys = byArguments ? call.arguments().size() : call.order().size();
    int[] columns = new int[keys + 1];
    boolean[] descending = new boolean[keys + 1];
    boolean[] nullsFirst = new boolean[keys + 1];
    for (int i = 0; i < keys; i++) {
      columns[i + 1] = byArguments ? 1 + i : 1 + call.arguments().size() + i;
      if (!byArguments) {
        descending[i + 1] = call.order().get(i).descending();
        nullsFirst[i + 1] = call.order().get(i).nullsFirst();
      }
    }
    return new RowSorter(columns, descending, nullsFirst);
  }

  void result(int group, Vector target, int at) {
    if (spilled == null) {
      aggregator.result(group, target, at);
    } else {
      spilled.result(group, target, at);
    }
  }

  /** Deletes its files. May be called twice. */
  void close() {
    if (spilled != null) {
      spilled.close();
    }
  }
}
