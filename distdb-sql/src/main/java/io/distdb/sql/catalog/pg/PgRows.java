// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.api.error.Invariant;
import io.distdb.api.type.CatalogReference;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Rows of a table of {@code pg_catalog}, in the making: {@link #add} begins one, the setters fill
 * it by the names of columns. What is not set is NULL, or zero, false or empty where the column is
 * never NULL.
 */
final class PgRows {
  private final PgTable table;
  private final Value[] template;
  private final List<List<Value>> rows = new ArrayList<>();
  private Value[] current;

  PgRows(PgTable table) {
    this.table = table;
    template = new Value[table.columns().size()];
    for (int i = 0; i < template.length; i++) {
      template[i] = table.nothing(i);
    }
  }

  PgRows add() {
    current = template.clone();
    rows.add(Arrays.asList(current));
    return this;
  }

  PgRows set(String column, Value value) {
    current[table.ordinal(column)] = value;
    return this;
  }

  /**
   * @param text null for NULL
   */
  PgRows set(String column, String text) {
    return set(column, Value.of(text));
  }

  PgRows set(String column, boolean value) {
    return set(column, Value.of(value));
  }

  /** A number of any kind. */
  PgRows set(String column, long number) {
    int ordinal = table.ordinal(column);
    SqlType.Scalar type = SqlType.scalarOf(table.columns().get(ordinal).type()).orElseThrow();
    current[ordinal] = number(type, number);
    return this;
  }

  PgRows set(String column, double number) {
    int ordinal = table.ordinal(column);
    SqlType type = table.columns().get(ordinal).type();
    current[ordinal] =
        type == SqlType.REAL ? new Value.RealValue((float) number) : Value.of(number);
    return this;
  }

  /** An array of numbers. */
  PgRows set(String column, List<? extends Number> numbers) {
    SqlType.Array type = (SqlType.Array) table.columns().get(table.ordinal(column)).type();
    SqlType.Scalar element = SqlType.scalarOf(type.element()).orElseThrow();
    List<Value> elements = new ArrayList<>(numbers.size());
    for (Number number : numbers) {
      elements.add(
          element == SqlType.Scalar.REAL
              ? new Value.RealValue(number.floatValue())
              : number(element, number.longValue()));
    }
    return set(column, arrayOf(type, elements));
  }

  /** An array of texts. */
  PgRows setTexts(String column, List<String> texts) {
    SqlType.Array type = (SqlType.Array) table.columns().get(table.ordinal(column)).type();
    return set(column, arrayOf(type, texts.stream().map(Value::of).toList()));
  }

  /** A REGPROC or its like. */
  PgRows set(String column, long oid, String name) {
    SqlType type = table.columns().get(table.ordinal(column)).type();
    return set(column, reference(SqlType.scalarOf(type).orElseThrow(), oid, name));
  }

  static Value reference(SqlType.Scalar type, long oid, String name) {
    return new Value.ReferenceValue(new CatalogReference(type, oid, oid == 0 ? "-" : name));
  }

  static Value arrayOf(SqlType.Array type, List<Value> elements) {
    SqlType element = type.element();
    return new Value.ArrayValue(
        type.vector() ? SqlArray.vectorOf(element, elements) : SqlArray.of(element, elements));
  }

  private static Value number(SqlType.Scalar type, long number) {
    return switch (type) {
      case SMALLINT -> new Value.SmallintValue((short) number);
      case INTEGER -> Value.of((int) number);
      case BIGINT -> Value.of(number);
      case REAL -> new Value.RealValue(number);
      case DOUBLE_PRECISION -> Value.of((double) number);
      case OID, XID -> new Value.OidValue(type, number);
      case TIMESTAMPTZ -> new Value.TimestamptzValue(number);
      case BOOLEAN, NUMERIC, TEXT, VARCHAR, CHAR, BYTEA, DATE, TIME, TIMESTAMP, INTERVAL, UUID ->
          throw noNumber(type);
      case NAME, INTERNAL_CHAR, REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR ->
          throw noNumber(type);
      case REGNAMESPACE, REGROLE, REGCOLLATION, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY ->
          throw noNumber(type);
    };
  }

  private static Invariant.InvariantViolation noNumber(SqlType type) {
    return Invariant.unreachable(type.sqlName() + " is no number");
  }

  List<List<Value>> all() {
    return Collections.unmodifiableList(rows);
  }
}
