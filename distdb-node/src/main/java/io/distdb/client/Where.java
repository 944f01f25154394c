// SPDX-License-Identifier: MIT
package io.distdb.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Which rows: comparisons of columns with values, joined. Values always travel as parameters,
 * column names are quoted. Comparisons with NULL are true of no row, as in SQL; {@link #equal} with
 * {@code null} is {@code IS NULL}.
 *
 * <pre>{@code
 * client.select("product", Where.all(Where.atLeast("price", 10), Where.equal("shop", 3)));
 * }</pre>
 */
public sealed interface Where {
  /** Every row. */
  Where EVERYTHING = new Joined(true, List.of());

  /** A column and a value with an operator between. */
  record Comparison(String column, Operator operator, Object value) implements Where {}

  /** What a {@link Comparison} asks. */
  enum Operator {
    EQUAL("="),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">="),
    LIKE("LIKE");

    private final String sql;

    Operator(String sql) {
      this.sql = sql;
    }

    String sql() {
      return sql;
    }
  }

  /** Whether a column is one of the values. */
  record Among(String column, List<Object> values) implements Where {
    public Among {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }
  }

  /** A column without a value. */
  record Missing(String column) implements Where {}

  /** All of them, or any. */
  record Joined(boolean every, List<Where> parts) implements Where {
    public Joined {
      parts = List.copyOf(parts);
    }
  }

  /** The opposite. */
  record Not(Where part) implements Where {}

  static Where equal(String column, Object value) {
    return value == null ? new Missing(column) : new Comparison(column, Operator.EQUAL, value);
  }

  static Where less(String column, Object value) {
    return new Comparison(column, Operator.LESS, value);
  }

  static Where atMost(String column, Object value) {
    return new Comparison(column, Operator.AT_MOST, value);
  }

  static Where greater(String column, Object value) {
    return new Comparison(column, Operator.GREATER, value);
  }

  static Where atLeast(String column, Object value) {
    return new Comparison(column, Operator.AT_LEAST, value);
  }

  /** LIKE: {@code %} stands for any text, {@code _} for one character. */
  static Where like(String column, String pattern) {
    return new Comparison(column, Operator.LIKE, pattern);
  }

  static Where among(String column, Collection<?> values) {
    return new Among(column, new ArrayList<>(values));
  }

  static Where isNull(String column) {
    return new Missing(column);
  }

  static Where not(Where part) {
    return new Not(part);
  }

  static Where all(Where... parts) {
    return new Joined(true, List.of(parts));
  }

  static Where any(Where... parts) {
    return new Joined(false, List.of(parts));
  }

  /** Each column equal to its value. */
  static Where equal(Map<String, ?> values) {
    List<Where> parts = new ArrayList<>();
    values.forEach((column, value) -> parts.add(equal(column, value)));
    return new Joined(true, parts);
  }
}
