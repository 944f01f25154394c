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
 * group and value; with an ORDER BY rows are kept until the end, then sorted by group and key.
 */
final class AggregateState {
  private static final Vector[] NO_KEYS = {};

  private final AggregateCall call;
  private final Aggregator aggregator;
  private final Vector groups = new Vector(SqlType.INTEGER, Batch.ROWS_FIRST);
  private final ColumnBuffer kept;
  private final Batch keptBatch;
  private KeyTable seen;

  AggregateState(AggregateCall call) {
    this.call = call;
    aggregator = Aggregators.of(call.function());
    kept = call.order().isEmpty() ? null : new ColumnBuffer(layout(call));
    keptBatch = kept == null ? null : new Batch(new Vector[kept.columns.length]);
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
    return aggregator.heldBytes()
        + (seen == null ? 0 : seen.heapBytes())
        + (kept == null ? 0 : kept.heapBytes() + RowSorter.ROW_BYTES * kept.rows);
  }

  void ensure(int groupCount) {
    aggregator.ensure(groupCount);
  }

  /**
   * @param groupOf by position of the row
   * @param order the keys' values; empty without ORDER BY
   */
  void add(int[] groupOf, Batch rows, Vector[] arguments, Vector[] order) {
    if (kept != null) {
      keep(groupOf, rows, arguments, order);
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

  private void keep(int[] groupOf, Batch rows, Vector[] arguments, Vector[] order) {
    groups.ensure(rows.extent);
    for (int n = 0; n < rows.count; n++) {
      int row = rows.position(n);
      groups.longs[row] = groupOf[row];
    }
    keptBatch.columns = keyed(arguments, order);
    keptBatch.count = rows.count;
    keptBatch.selected = rows.selected;
    keptBatch.extent = rows.extent;
    kept.append(keptBatch);
  }

  /** Takes in what waited for its order. To be called once, before the results. */
  void finish() {
    if (kept == null) {
      return;
    }
    Vector[] arguments = new Vector[call.arguments().size()];
    System.arraycopy(kept.columns, 1, arguments, 0, arguments.length);
    for (int row : sorter().sort(kept)) {
      int group = (int) kept.columns[0].longs[row];
      if (!call.distinct() || isNew(group, arguments, row)) {
        aggregator.add(group, arguments, row);
      }
    }
  }

  private RowSorter sorter() {
    int keys = call.order().size();
    int[] columns = new int[keys + 1];
    boolean[] descending = new boolean[keys + 1];
    boolean[] nullsFirst = new boolean[keys + 1];
    for (int i = 0; i < keys; i++) {
      columns[i + 1] = 1 + call.arguments().size() + i;
      descending[i + 1] = call.order().get(i).descending();
      nullsFirst[i + 1] = call.order().get(i).nullsFirst();
    }
    return new RowSorter(columns, descending, nullsFirst);
  }

  void result(int group, Vector target, int at) {
    aggregator.result(group, target, at);
  }
}
