// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.txn.Transaction;
import io.distdb.api.type.CatalogReference;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlType;
import io.distdb.sql.catalog.CatalogObjects;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.vector.Vector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalLong;

/**
 * Sizes of tables, indexes and databases (PostgreSQL documentation, 9.27.7). They are estimates:
 * about as many entries as there are, of the size that their types have.
 */
final class SizeFunctions {
  /** What an entry has besides its columns: timestamp, key, transaction. */
  private static final int ENTRY_BYTES = 32;

  /** Assumed of values whose length differs. */
  private static final int VARIABLE_BYTES = 32;

  private static final List<String> UNITS = List.of("bytes", "kB", "MB", "GB", "TB", "PB");

  /** Up to here a size is shown in a unit; beyond it in the next. */
  private static final int UNIT_LIMIT = 20_480;

  private SizeFunctions() {}

  static void addTo(FunctionTable table) {
    for (String name : List.of("pg_relation_size", "pg_table_size")) {
      table.addVolatile(name + "(regclass) int8", (x, r, i, a) -> own(x, r, i, a[0]));
    }
    table.addVolatile(
        "pg_relation_size(regclass,text) int8",
        (x, r, i, a) -> {
          own(x, r, i, a[0]);
          if (!a[1].texts[i].equals("main")) {
            r.longs[i] = 0;
          }
        });
    table.addVolatile(
        "pg_indexes_size(regclass) int8",
        (x, r, i, a) -> set(r, i, indexes(x.environment(), reference(a[0], i))));
    table.addVolatile(
        "pg_total_relation_size(regclass) int8",
        (x, r, i, a) -> {
          OptionalLong own = relation(x.environment(), reference(a[0], i));
          OptionalLong indexes = indexes(x.environment(), reference(a[0], i));
          set(r, i, own.isEmpty() ? own : OptionalLong.of(own.getAsLong() + indexes.orElse(0)));
        });
    table.addVolatile(
        "pg_database_size(name) int8", (x, r, i, a) -> database(x, r, i, a[0].texts[i]));
    table.addVolatile(
        "pg_database_size(oid) int8", (x, r, i, a) -> r.longs[i] = database(x.environment()));
    table.add("pg_size_pretty(int8) text", (r, i, a) -> r.texts[i] = pretty(a[0].longs[i]));
    table.add(
        "pg_size_pretty(numeric) text",
        (r, i, a) -> {
          BigDecimal size = ((Numeric) a[0].objects[i]).decimal();
          boolean bytes = size.abs().compareTo(BigDecimal.valueOf(UNIT_LIMIT / 2)) < 0;
          r.texts[i] =
              bytes
                  ? size.toPlainString() + " bytes"
                  : pretty(size.setScale(0, RoundingMode.DOWN).longValue());
        });
  }

  private static long reference(Vector vector, int row) {
    return ((CatalogReference) vector.objects[row]).oid();
  }

  private static void own(Caller caller, Vector result, int row, Vector argument) {
    set(result, row, relation(caller.environment(), reference(argument, row)));
  }

  private static void set(Vector result, int row, OptionalLong bytes) {
    result.nulls[row] = bytes.isEmpty();
    result.longs[row] = bytes.orElse(0);
  }

  /** Absent: there is no such relation. */
  private static OptionalLong relation(Environment environment, long oid) {
    CatalogObjects.Relation relation = environment.catalog().objects().relation(oid).orElse(null);
    return switch (relation) {
      case null -> OptionalLong.empty();
      case CatalogObjects.OfTable(Table table) ->
          OptionalLong.of(entries(environment, table.rows()) * rowBytes(table));
      case CatalogObjects.OfIndex(Table table, IndexDefinition index) ->
          OptionalLong.of(index(environment, table, index));
      case CatalogObjects.OfKey ignored -> OptionalLong.of(0); // the rows are the key's
      case CatalogObjects.OfSequence ignored -> OptionalLong.of(0);
      case CatalogObjects.OfView ignored -> OptionalLong.of(0);
    };
  }

  private static long index(Environment environment, Table table, IndexDefinition index) {
    long bytes = ENTRY_BYTES;
    for (IndexDefinition.Part part : index.parts()) {
      bytes += bytes(table.columns().get(part.ordinal()).type());
    }
    return entries(environment, index.id()) * bytes;
  }

  private static OptionalLong indexes(Environment environment, long oid) {
    if (!(environment.catalog().objects().relation(oid).orElse(null)
        instanceof CatalogObjects.OfTable(Table table))) {
      return relation(environment, oid).isEmpty() ? OptionalLong.empty() : OptionalLong.of(0);
    }
    long bytes = 0;
    for (IndexDefinition index : table.indexes()) {
      bytes += index(environment, table, index);
    }
    return OptionalLong.of(bytes);
  }

  private static void database(Caller caller, Vector result, int row, String name) {
    Environment environment = caller.environment();
    if (!environment.databases().containsKey(name) && !environment.database().equals(name)) {
      throw new DistDbException(
          ErrorCode.UNDEFINED_DATABASE, "database \"" + name + "\" does not exist");
    }
    // the tables of another database are not known here
    result.nulls[row] = !environment.database().equals(name);
    result.longs[row] = result.nulls[row] ? 0 : database(environment);
  }

  private static long database(Environment environment) {
    long bytes = 0;
    for (Table table : environment.catalog().tables()) {
      bytes += entries(environment, table.rows()) * rowBytes(table);
      for (IndexDefinition index : table.indexes()) {
        bytes += index(environment, table, index);
      }
    }
    return bytes;
  }

  private static long entries(Environment environment, IndexId index) {
    try (Transaction transaction = environment.latest()) {
      return transaction.estimatedEntries(index);
    }
  }

  private static long rowBytes(Table table) {
    return ENTRY_BYTES + table.columns().stream().mapToLong(column -> bytes(column.type())).sum();
  }

  private static int bytes(SqlType type) {
    return switch (type.unmodified().shortName()) {
      case "bool" -> 1;
      case "int2" -> 2;
      case "int4", "float4", "date", "oid" -> 4;
      case "int8", "float8", "time", "timestamp", "timestamptz" -> 8;
      case "uuid", "interval" -> 16;
      default -> VARIABLE_BYTES;
    };
  }

  /** In the first unit in which it is below 20480, or 20480 half units and more rounded up. */
  private static String pretty(long bytes) {
    long size = bytes;
    if (Math.abs(size) < UNIT_LIMIT / 2) {
      return size + " bytes";
    }
    // one bit is kept below the unit, to round by
    size >>= 9;
    for (int unit = 1; ; unit++) {
      if (Math.abs(size) < UNIT_LIMIT - 1 || unit == UNITS.size() - 1) {
        return (size + (size < 0 ? -1 : 1)) / 2 + " " + UNITS.get(unit);
      }
      size /= 1 << 10;
    }
  }
}
