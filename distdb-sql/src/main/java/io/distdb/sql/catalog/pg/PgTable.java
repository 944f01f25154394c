// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.api.error.Invariant;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.TypeOids;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;
import io.distdb.sql.live.LiveTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One table or view of {@code pg_catalog}. */
public final class PgTable implements LiveTable {
  /** Fills a table. */
  @FunctionalInterface
  interface Source {
    /**
     * @param rows to add to
     */
    void addTo(PgRows rows, Environment environment);
  }

  static final String SCHEMA = "pg_catalog";

  private final String name;
  private final long oid;
  private final boolean view;
  private final List<View.Column> columns = new ArrayList<>();
  private final List<Boolean> notNull = new ArrayList<>();
  private final Map<String, Integer> ordinals = new HashMap<>();
  private final Source source;

  /**
   * @param line name, number, {@code r} or {@code v}, then each column with its type, and {@code !}
   *     where it is never NULL
   */
  PgTable(String[] line, Source source) {
    name = line[0];
    oid = Long.parseLong(line[1]);
    view = line[2].equals("v");
    this.source = source;
    for (int i = 3; i < line.length; i++) {
      int colon = line[i].indexOf(':');
      boolean present = line[i].endsWith("!");
      String type = line[i].substring(colon + 1, line[i].length() - (present ? 1 : 0));
      String column = line[i].substring(0, colon);
      ordinals.put(column, columns.size());
      columns.add(new View.Column(column, typeOf(type)));
      notNull.add(present);
    }
  }

  private static SqlType typeOf(String shortName) {
    for (SqlType.Scalar scalar : SqlType.Scalar.values()) {
      if (scalar.shortName().equals(shortName)) {
        return scalar;
      }
      if (shortName.equals("_" + scalar.shortName())) {
        return SqlType.arrayOf(scalar);
      }
    }
    return SqlType.named(shortName)
        .orElseThrow(() -> Invariant.unreachable("no type " + shortName));
  }

  @Override
  public String schema() {
    return SCHEMA;
  }

  @Override
  public String name() {
    return name;
  }

  /** As PostgreSQL numbers it. */
  public long oid() {
    return oid;
  }

  public boolean isView() {
    return view;
  }

  @Override
  public List<View.Column> columns() {
    return columns;
  }

  boolean isNotNull(int column) {
    return notNull.get(column);
  }

  /** Position of a column. */
  int ordinal(String column) {
    Integer ordinal = ordinals.get(column);
    Invariant.check(ordinal != null, "no column %s in %s", column, name);
    return ordinal;
  }

  @Override
  public List<List<Value>> rows(Environment environment) {
    PgRows rows = new PgRows(this);
    source.addTo(rows, environment);
    return rows.all();
  }

  /** What a column has that a row says nothing of: NULL, or what is nothing for its type. */
  Value nothing(int column) {
    SqlType type = columns.get(column).type();
    if (!isNotNull(column)) {
      return Value.NULL;
    }
    if (type instanceof SqlType.Array array) {
      return PgRows.arrayOf(array, List.of());
    }
    return switch (SqlType.scalarOf(type).orElseThrow()) {
      case BOOLEAN -> Value.FALSE;
      case SMALLINT -> new Value.SmallintValue((short) 0);
      case INTEGER -> Value.of(0);
      case BIGINT -> Value.of(0L);
      case REAL -> new Value.RealValue(0);
      case DOUBLE_PRECISION -> Value.of(0.0);
      case OID, XID -> new Value.OidValue(SqlType.scalarOf(type).orElseThrow(), 0);
      case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR ->
          PgRows.reference(SqlType.scalarOf(type).orElseThrow(), 0, "-");
      case REGNAMESPACE, REGROLE, REGCOLLATION ->
          PgRows.reference(SqlType.scalarOf(type).orElseThrow(), 0, "-");
      case TEXT, VARCHAR, CHAR, NAME, INTERNAL_CHAR, NODE_TREE, ANYARRAY -> Value.of("");
      case NUMERIC,
          BYTEA,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMPTZ,
          INTERVAL,
          UUID,
          ACLITEM,
          JSON,
          LSN,
          INET ->
          Value.NULL;
    };
  }

  /** The number of the type of a column. */
  long typeOid(int column) {
    return TypeOids.of(columns.get(column).type());
  }
}
