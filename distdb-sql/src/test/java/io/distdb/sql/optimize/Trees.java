// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.api.TableId;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.function.ScalarFunction;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.List;

/** Hand-made relations over {@code flights (id, origin, destination, count)}. */
final class Trees {
  static final Table FLIGHTS =
      new Table(
          new TableId(100),
          "flights",
          List.of(
              new TableColumn("id", SqlType.INTEGER, true),
              new TableColumn("origin", SqlType.TEXT, false),
              new TableColumn("destination", SqlType.TEXT, false),
              new TableColumn("count", SqlType.INTEGER, false)),
          List.of(0),
          new IndexId(100),
          List.of(
              index(101, "by_route", IndexKind.BTREE, false, 1, 2),
              index(102, "by_destination", IndexKind.HASH, false, 2)));

  private Trees() {}

  private static IndexDefinition index(
      long id, String name, IndexKind kind, boolean unique, int... ordinals) {
    List<IndexDefinition.Part> parts =
        java.util.Arrays.stream(ordinals)
            .mapToObj(ordinal -> new IndexDefinition.Part(ordinal, false, false))
            .toList();
    return new IndexDefinition(new IndexId(id), name, new TableId(100), parts, kind, unique);
  }

  /** A scan of all columns with variables {@code first} to {@code first + 3}. */
  static Relation.Scan flights(int first) {
    List<Variable> output =
        List.of(
            new Variable(first, "id", SqlType.INTEGER),
            new Variable(first + 1, "origin", SqlType.TEXT),
            new Variable(first + 2, "destination", SqlType.TEXT),
            new Variable(first + 3, "count", SqlType.INTEGER));
    return new Relation.Scan(FLIGHTS, "flights", output, List.of(0, 1, 2, 3));
  }

  static Expression column(Relation relation, int position) {
    return new Expression.Reference(relation.output().get(position));
  }

  static Expression number(int value) {
    return new Expression.Literal(Value.of(value), SqlType.INTEGER);
  }

  static Expression text(String value) {
    return new Expression.Literal(Value.of(value), SqlType.TEXT);
  }

  static Expression equal(Expression left, Expression right) {
    return compare(Expression.Comparison.EQUAL, left, right);
  }

  static Expression compare(Expression.Comparison how, Expression left, Expression right) {
    return new Expression.Compare(how, left, right);
  }

  static Expression plus(Expression left, Expression right) {
    return call("+", left, right);
  }

  static Expression divided(Expression left, Expression right) {
    return call("/", left, right);
  }

  private static Expression call(String symbol, Expression left, Expression right) {
    return new Expression.Call(
        new ScalarFunction(
            symbol, List.of(SqlType.INTEGER, SqlType.INTEGER), SqlType.INTEGER, true),
        List.of(left, right));
  }

  static Expression and(Expression... operands) {
    return new Expression.And(List.of(operands));
  }
}
