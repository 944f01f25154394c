// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.codec.KeyColumn;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.AccessPath;
import io.distdb.sql.plan.KeyBounds;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A compiled access path: evaluates the key expressions, over no columns or over a batch of an
 * outer relation, and opens a cursor for one row of them. Immutable.
 */
final class AccessProgram {
  private static final Bytes[] NO_KEYS = {};

  private final TableCodec table;
  private final AccessPath path;
  private final Direction direction;
  private final IndexCodec index;
  private final List<KeyColumn> columns;
  private final int keyCount;
  private final int keyColumns;
  private final Program program;

  /** The one key of a get, when it needs no computing; else null. */
  private final ConstantKey constantKey;

  /**
   * @param layout the columns that key expressions may refer to
   */
  AccessProgram(TableCodec table, AccessPath path, Direction direction, List<Variable> layout) {
    this.table = table;
    this.path = path;
    this.direction = direction;
    index =
        switch (path) {
          case AccessPath.IndexGet get -> table.codecOf(get.index());
          case AccessPath.IndexRange range -> table.codecOf(range.index());
          case AccessPath.Full ignored -> null;
          case AccessPath.RowGet ignored -> null;
          case AccessPath.RowRange ignored -> null;
        };
    columns = index == null ? table.key : index.columns;
    List<Expression> expressions = expressions(path);
    keyColumns = columns.size();
    keyCount = expressions.size() / keyColumns;
    program = ExpressionCompiler.compile(layout, expressions);
    boolean isGet = path instanceof AccessPath.RowGet || path instanceof AccessPath.IndexGet;
    constantKey = isGet && keyCount == 1 ? ConstantKey.of(columns, expressions) : null;
  }

  private static List<Expression> expressions(AccessPath path) {
    return switch (path) {
      case AccessPath.Full ignored -> List.of();
      case AccessPath.RowGet get -> flat(get.keys());
      case AccessPath.IndexGet get -> flat(get.keys());
      case AccessPath.RowRange range -> flat(range.bounds());
      case AccessPath.IndexRange range -> flat(range.bounds());
    };
  }

  private static List<Expression> flat(List<List<Expression>> keys) {
    return keys.stream().flatMap(List::stream).toList();
  }

  private static List<Expression> flat(KeyBounds bounds) {
    List<Expression> all = new ArrayList<>(bounds.equal());
    bounds.lower().ifPresent(bound -> all.add(bound.value()));
    bounds.upper().ifPresent(bound -> all.add(bound.value()));
    return all;
  }

  /** Whether the path is a set of whole primary keys, known before anything is read. */
  boolean isRowGet() {
    return path instanceof AccessPath.RowGet;
  }

  /** Of the index whose entries are read; null when rows are read by their own keys. */
  IndexCodec index() {
    return index;
  }

  Frame frame(Execution execution) {
    return program.frame(execution);
  }

  /** The key expressions without columns to refer to; use with row 0. */
  Vector[] evaluateConstant(Frame frame) {
    Vector[] values = new Vector[program.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = program.evaluateConstant(i, frame);
    }
    return values;
  }

  Vector[] evaluate(Frame frame, Batch batch) {
    Vector[] values = new Vector[program.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = program.evaluate(i, frame, batch);
    }
    return values;
  }

  /** Whether rows are looked up, by keys that are given or that an index has. */
  boolean looksUp() {
    return index != null || isRowGet();
  }

  /** A cursor for the key values at row {@code at}. */
  RowCursor open(Transaction transaction, Vector[] values, int at) {
    return switch (path) {
      case AccessPath.Full ignored -> rows(transaction, KeyRange.ALL);
      case AccessPath.RowGet ignored ->
          RowCursors.byKeys(transaction, table.table.rows(), keys(values, at));
      case AccessPath.RowRange range -> {
        KeyRange keys = range(range.bounds(), values, at);
        yield keys == null ? RowCursors.empty() : rows(transaction, keys);
      }
      case AccessPath.IndexGet ignored -> {
        Bytes[] keys = keys(values, at);
        yield keys.length == 1 && index.definition.unique()
            ? RowCursors.ofExclusive(transaction, table.table.rows(), index, keys[0])
            : entryRows(transaction, entries(transaction, keys));
      }
      case AccessPath.IndexRange range ->
          entryRows(transaction, entries(transaction, range(range.bounds(), values, at)));
    };
  }

  private RowCursor rows(Transaction transaction, KeyRange range) {
    return new RowCursors.Entries(transaction.range(table.table.rows(), range, direction));
  }

  private RowCursor entryRows(Transaction transaction, IndexCursor entries) {
    return new EntryRows(transaction, table.table.rows(), index, entries);
  }

  /** A cursor over index entries for the key values at row {@code at}; the path is an index's. */
  IndexCursor openEntries(Transaction transaction, Vector[] values, int at) {
    return path instanceof AccessPath.IndexRange range
        ? entries(transaction, range(range.bounds(), values, at))
        : entries(transaction, keys(values, at));
  }

  private IndexCursor entries(Transaction transaction, KeyRange range) {
    return range == null ? EntryCursors.empty() : transaction.range(index.id(), range, direction);
  }

  private IndexCursor entries(Transaction transaction, Bytes[] keys) {
    if (index.definition.unique()) {
      Bytes[] whole = new Bytes[keys.length];
      Arrays.setAll(whole, n -> index.exclusiveKey(keys[n]));
      return new EntryCursors.ByKeys(transaction, index.id(), whole);
    }
    return keys.length == 1
        ? transaction.lookup(index.id(), keys[0])
        : new EntryCursors.Chain(keys.length, n -> transaction.lookup(index.id(), keys[n]));
  }

  /** {@link #keys} of a get whose expressions refer to no columns. */
  Bytes[] constantKeys(Execution execution) {
    return constantKeys(execution, new KeyWriter(16), new Bytes[1]);
  }

  /**
   * As {@link #constantKeys(Execution)}.
   *
   * @param writer for what comes in between
   * @param one the answer when there is one key that needs no computing
   */
  Bytes[] constantKeys(Execution execution, KeyWriter writer, Bytes[] one) {
    if (constantKey == null) {
      return keys(evaluateConstant(frame(execution)), 0);
    }
    one[0] = constantKey.encode(writer, execution.parameters());
    return one[0] == null ? NO_KEYS : one;
  }

  /** The encoded keys, each once, in key order; those that nothing can equal are left out. */
  Bytes[] keys(Vector[] values, int at) {
    KeyWriter writer = new KeyWriter();
    Bytes[] keys = new Bytes[keyCount];
    int found = 0;
    for (int n = 0; n < keyCount; n++) {
      if (KeyRanges.append(writer.reset(), columns, values, n * keyColumns, keyColumns, at)) {
        keys[found++] = writer.toBytes();
      }
    }
    if (found < 2) {
      return found == keyCount ? keys : Arrays.copyOf(keys, found);
    }
    Arrays.sort(keys, 0, found);
    int distinct = 1;
    for (int n = 1; n < found; n++) {
      if (!keys[n].equals(keys[distinct - 1])) {
        keys[distinct++] = keys[n];
      }
    }
    Bytes[] kept = Arrays.copyOf(keys, distinct);
    if (direction == Direction.BACKWARD) {
      Collections.reverse(Arrays.asList(kept));
    }
    return kept;
  }

  private KeyRange range(KeyBounds bounds, Vector[] values, int at) {
    KeyWriter writer = new KeyWriter();
    int equal = bounds.equal().size();
    if (!KeyRanges.append(writer, columns, values, 0, equal, at)) {
      return null;
    }
    if (!bounds.isRange()) {
      return KeyRange.prefix(writer.toBytes());
    }
    if (bounds.nulls() == KeyBounds.Nulls.ONLY) {
      return KeyRange.prefix(writer.appendNull(columns.get(equal)).toBytes());
    }
    int next = equal;
    KeyRanges.End lower = null;
    KeyRanges.End upper = null;
    if (bounds.lower().isPresent()) {
      lower = end(values[next++], at, bounds.lower().get());
    }
    if (bounds.upper().isPresent()) {
      upper = end(values[next], at, bounds.upper().get());
    }
    boolean unknown =
        lower != null && lower.value().nulls[at] || upper != null && upper.value().nulls[at];
    return unknown ? null : KeyRanges.range(writer, columns.get(equal), lower, upper);
  }

  private static KeyRanges.End end(Vector value, int at, KeyBounds.Bound bound) {
    return new KeyRanges.End(value, at, bound.inclusive());
  }
}
