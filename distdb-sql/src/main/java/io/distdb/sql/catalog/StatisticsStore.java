// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.Timestamp;
import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.Transaction;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.codec.RowLayout;
import io.distdb.sql.codec.RowWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The statistics of columns within one transaction: rows of a system table, so that they are
 * journaled, replicated, rolled back and seen at a snapshot as everything else is.
 *
 * <p>A row belongs to a slot of its table's stored rows. It goes with the table and the column, and
 * when the column's type changes; a column that moves takes it along. See docs/adr/0013.
 */
public final class StatisticsStore {
  /** What ANALYZE locks while it writes, and whose change makes all plans anew. */
  private static final TableId OBJECT = new TableId(SystemTables.STATISTICS.value());

  private final Transaction transaction;

  public StatisticsStore(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Nothing for a column that ANALYZE has not seen. */
  public Optional<ColumnStatistics> read(Table table, int ordinal) {
    Bytes key = SystemTables.key(table.id().value(), table.slotOf(ordinal));
    Bytes row = transaction.get(SystemTables.STATISTICS, key);
    return row == null
        ? Optional.empty()
        : Optional.of(decode(row, table.columns().get(ordinal).type()));
  }

  /** Others that write statistics wait from here on for this transaction's end. */
  public void lock() {
    transaction.lockTable(OBJECT, LockStrength.EXCLUSIVE, Timestamp.LATEST);
  }

  /** Replaces the statistics of one column. */
  public void put(Table table, int ordinal, ColumnStatistics statistics) {
    int slot = table.slotOf(ordinal);
    transaction.put(
        SystemTables.STATISTICS,
        SystemTables.key(table.id().value(), slot),
        encode(table.id(), slot, table.columns().get(ordinal).type(), statistics));
  }

  /** Makes plans of older statistics stale, without a word to those who use the tables. */
  public void changed() {
    transaction.changeSchema(OBJECT);
  }

  void drop(Table table) {
    rows(table).keySet().forEach(slot -> delete(table, slot));
  }

  /** Takes the statistics of {@code before} to where {@code after} has the same columns. */
  void follow(Table before, Table after) {
    Map<Integer, Integer> moves = moves(before, after);
    boolean still = true;
    for (int ordinal = 0; ordinal < before.columns().size(); ordinal++) {
      int slot = before.slotOf(ordinal);
      still &= moves.getOrDefault(slot, -1) == slot;
    }
    if (still) {
      return;
    }
    Map<Integer, Bytes> rows = rows(before);
    rows.keySet().forEach(slot -> delete(before, slot));
    rows.forEach((slot, row) -> {
      Integer to = moves.get(slot);
      if (to != null) {
        int ordinal = before.ordinalOfSlot(slot);
        ColumnStatistics known = decode(row, before.columns().get(ordinal).type());
        put(after, after.ordinalOfSlot(to), known);
      }
    });
  }

  /** From slots to slots; columns that are gone or of another type are not there. */
  private static Map<Integer, Integer> moves(Table before, Table after) {
    Map<Integer, Integer> moves = new TreeMap<>(ColumnMoves.between(before, after).slots());
    moves
        .entrySet()
        .removeIf(move -> !type(before, move.getKey()).equals(type(after, move.getValue())));
    return moves;
  }

  private static SqlType type(Table table, int slot) {
    return table.columns().get(table.ordinalOfSlot(slot)).type();
  }

  private void delete(Table table, int slot) {
    transaction.delete(SystemTables.STATISTICS, SystemTables.key(table.id().value(), slot));
  }

  /** By slot. */
  private Map<Integer, Bytes> rows(Table table) {
    Map<Integer, Bytes> rows = new TreeMap<>();
    KeyRange range = KeyRange.prefix(SystemTables.key(table.id().value()));
    try (IndexCursor cursor =
        transaction.range(SystemTables.STATISTICS, range, Direction.FORWARD)) {
      while (cursor.next()) {
        rows.put(SystemTables.STATISTICS_ROW.getInt(cursor.value(), 1), cursor.value());
      }
    }
    return rows;
  }

  // --- rows ---

  /** As {@link SystemTables#STATISTICS_ROW}, then the values; those of arrays are not kept. */
  private static RowLayout layout(SqlType columnType) {
    SqlType values = new SqlType.Array(elementOf(columnType));
    List<SqlType> types = new ArrayList<>();
    for (int i = 0; i < SystemTables.STATISTICS_ROW.columnCount(); i++) {
      types.add(SystemTables.STATISTICS_ROW.type(i));
    }
    types.add(values);
    types.add(values);
    return new RowLayout(types);
  }

  private static SqlType elementOf(SqlType columnType) {
    return columnType instanceof SqlType.Array ? SqlType.BOOLEAN : columnType.unmodified();
  }

  private static Bytes encode(TableId table, int slot, SqlType type, ColumnStatistics statistics) {
    RowWriter writer = new RowWriter(layout(type));
    SqlType element = elementOf(type);
    writer.setLong(0, table.value());
    writer.setLong(1, slot);
    writer.setDouble(2, statistics.nullFraction());
    writer.setLong(3, statistics.averageWidth());
    writer.setDouble(4, statistics.distinct());
    List<Value> frequencies = new ArrayList<>();
    statistics.frequencies().forEach(frequency -> frequencies.add(Value.of(frequency)));
    writer.setObject(5, SqlArray.of(SqlType.DOUBLE_PRECISION, frequencies));
    writer.setObject(6, SqlArray.of(element, statistics.common()));
    writer.setObject(7, SqlArray.of(element, statistics.histogram()));
    return writer.finish();
  }

  private static ColumnStatistics decode(Bytes row, SqlType type) {
    RowLayout layout = layout(type);
    List<Double> frequencies = new ArrayList<>();
    for (Value value : ((SqlArray) layout.getObject(row, 5)).elements()) {
      frequencies.add(((Value.DoubleValue) value).value());
    }
    return new ColumnStatistics(
        layout.getDouble(row, 2),
        layout.getInt(row, 3),
        layout.getDouble(row, 4),
        ((SqlArray) layout.getObject(row, 6)).elements(),
        frequencies,
        ((SqlArray) layout.getObject(row, 7)).elements());
  }
}
