// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.codec.KeyReader;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.codec.SqlValues;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.plan.IndexCoverage;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is read from an index entry is what its row has, and the entry leads to that row. */
class EntryColumnsTest {
  private static final int COLUMNS = 3;

  /**
   * A table of one INTEGER and three other columns, an index on some of them, and rows.
   *
   * @param hasKey whether the first column is the primary key; else rows have ids, and the first
   *     column has the same values
   * @param rows values of the other columns; null is NULL
   */
  record Sample(
      boolean hasKey, List<SqlType> types, IndexDefinition index, List<List<Value>> rows) {
    Table table() {
      List<TableColumn> columns = new ArrayList<>();
      columns.add(new TableColumn("c0", SqlType.INTEGER, true));
      types.forEach(type -> columns.add(new TableColumn("c" + columns.size(), type, false)));
      List<Integer> key = hasKey ? List.of(0) : List.of();
      return new Table(new TableId(1), "t", columns, key, new IndexId(1), List.of(index));
    }
  }

  @Provide
  Arbitrary<Sample> samples() {
    return SqlValues.types().list().ofSize(COLUMNS).flatMap(EntryColumnsTest::samplesOf);
  }

  private static Arbitrary<Sample> samplesOf(List<SqlType> types) {
    Arbitrary<Boolean> flag = Arbitraries.of(true, false);
    Arbitrary<List<IndexDefinition.Part>> parts =
        Combinators.combine(Arbitraries.integers().between(0, COLUMNS), flag, flag)
            .as(IndexDefinition.Part::new)
            .list()
            .uniqueElements(IndexDefinition.Part::ordinal)
            .ofMinSize(1)
            .ofMaxSize(3);
    Arbitrary<IndexDefinition> index =
        Combinators.combine(parts, Arbitraries.of(IndexKind.class), flag)
            .as((columns, kind, unique) ->
                new IndexDefinition(new IndexId(2), "i", new TableId(1), columns, kind, unique));
    Arbitrary<List<Value>> row =
        Combinators.combine(types.stream().map(type -> SqlValues.of(type).injectNull(0.2)).toList())
            .as(values -> values);
    return Combinators.combine(flag, index, row.list().ofMinSize(1).ofMaxSize(4))
        .as((hasKey, definition, rows) -> new Sample(hasKey, types, definition, rows));
  }

  /** The columns of row {@code at}, whose first one is {@code at} too. */
  private static Vector[] row(Table table, List<Value> values, int at) {
    Vector[] row = new Vector[COLUMNS + 1];
    for (int i = 0; i < row.length; i++) {
      row[i] = new Vector(table.columns().get(i).type(), 1);
    }
    row[0].set(0, Value.of(at));
    for (int i = 1; i < row.length; i++) {
      Value value = values.get(i - 1);
      row[i].set(0, value == null ? Value.NULL : value);
    }
    return row;
  }

  private static Bytes rowKey(TableCodec codec, int at) {
    KeyWriter writer = new KeyWriter();
    Value key = codec.table.hasRowId() ? Value.of((long) at) : Value.of(at);
    return writer.appendValue(codec.key.getFirst(), key).toBytes();
  }

  @Property(tries = 700)
  void entriesReadBackAsTheirRows(@ForAll("samples") Sample sample) {
    Table table = sample.table();
    TableCodec codec = new TableCodec(table);
    IndexCodec index = codec.codecOf(sample.index());
    int count = sample.rows().size();
    EntryBlock entries = new EntryBlock(count);
    EntryBlock keys = new EntryBlock(count);
    KeyReader reader = new KeyReader();
    for (int at = 0; at < count; at++) {
      Vector[] row = row(table, sample.rows().get(at), at);
      Bytes rowKey = rowKey(codec, at);
      IndexCodec.Entry entry = index.entry(new KeyWriter(), row, 0, rowKey);
      entries.add(entry.key(), entry.value());
      index.addRowKey(entries, at, keys, reader);
      assertThat(keys.key(at)).isEqualTo(rowKey);
      assertThat(index.rowKey(entry.key(), entry.value(), reader)).isEqualTo(rowKey);
    }
    assertColumns(sample, codec, index, entries);
  }

  private static void assertColumns(
      Sample sample, TableCodec codec, IndexCodec index, EntryBlock entries) {
    int[] ordinals =
        IntStream.rangeClosed(Relation.Scan.ROW_ID, COLUMNS)
            .filter(ordinal -> IndexCoverage.covers(codec.table, sample.index(), List.of(ordinal)))
            .toArray();
    EntryColumns columns = EntryColumns.of(codec, index, ordinals);
    Vector[] block = new Vector[ordinals.length];
    Vector[] single = new Vector[ordinals.length + 1];
    for (int i = 0; i < ordinals.length; i++) {
      block[i] = new Vector(codec.type(ordinals[i]), entries.size());
      single[i + 1] = new Vector(codec.type(ordinals[i]), 1);
    }
    columns.read(entries, block);
    for (int at = 0; at < entries.size(); at++) {
      columns.read(entries.key(at), entries.value(at), single, 1, 0);
      Vector[] row = row(codec.table, sample.rows().get(at), at);
      for (int i = 0; i < ordinals.length; i++) {
        Value expected =
            ordinals[i] == Relation.Scan.ROW_ID ? Value.of((long) at) : row[ordinals[i]].get(0);
        assertThat(block[i].get(at)).isEqualTo(expected);
        assertThat(single[i + 1].get(0)).isEqualTo(expected);
      }
    }
  }
}
