// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.index.IndexKind;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What runs SQL: a {@link Client}, each call a transaction of its own, or a {@link Tx}, all calls
 * one transaction.
 *
 * <p>Parameters stand for {@code $1}, {@code $2}, … and are Java values: {@code null}, {@link
 * Boolean}, whole numbers, {@link Double}, {@link Float}, {@link CharSequence}, or {@link
 * io.distdb.api.type.Value}. A whole number is taken for any numeric parameter whose range it fits.
 * A call without an array of parameters, {@code (Object[]) null}, is refused (22023): one NULL is
 * {@code (Object) null}.
 *
 * <p>Errors are {@link io.distdb.api.error.DistDbException}s; a statement that fails changed
 * nothing, unless the code is {@code COMMIT_OUTCOME_UNKNOWN}.
 */
public interface Statements {
  /**
   * Runs a statement to its end.
   *
   * @return rows inserted, updated or deleted; rows read, for a statement that has some; 0 for one
   *     that counts none
   */
  long execute(String sql, Object... parameters);

  /**
   * Runs a statement that has rows. Close the result, or read it to its end: until then it keeps
   * its snapshot.
   *
   * @throws io.distdb.api.error.DistDbException {@code WRONG_OBJECT_TYPE}: the statement has no
   *     rows to give (it was run)
   */
  Result query(String sql, Object... parameters);

  /**
   * The rows of a query as a stream, which reads on as it is walked over: a large result takes no
   * more memory than a small one. Close it, unless it is read to its end: until then it keeps its
   * snapshot. Each {@link Row} may be kept. A parallel stream reads one row after another all the
   * same.
   *
   * <pre>{@code
   * try (Stream<Row> rows = client.stream("SELECT * FROM measurement")) {
   *   rows.filter(row -> row.getDouble("value") > 3).limit(10).forEach(this::show);
   * }
   * }</pre>
   *
   * @throws io.distdb.api.error.DistDbException as {@link #query}; what a later row meets is thrown
   *     by the stream's terminal operation
   */
  default Stream<Row> stream(String sql, Object... parameters) {
    return query(sql, parameters).stream();
  }

  /**
   * What {@code mapper} makes of the only row; empty when there is none, or when that is null.
   *
   * @throws io.distdb.api.error.DistDbException {@code CARDINALITY_VIOLATION}: there are more
   */
  default <T> Optional<T> queryOne(
      String sql, Function<? super Row, ? extends T> mapper, Object... parameters) {
    try (Result result = query(sql, parameters)) {
      return result.one(mapper);
    }
  }

  /**
   * The value in the only row and column as a {@code type}, as {@link Row#getObject} gives it; null
   * for NULL and when there is no row, as for a subquery that stands for a value.
   *
   * @throws io.distdb.api.error.DistDbException {@code CARDINALITY_VIOLATION}: there are more rows;
   *     {@code SYNTAX_ERROR}: more columns; {@code CANNOT_COERCE}
   */
  default <T> T queryValue(String sql, Class<T> type, Object... parameters) {
    try (Result result = query(sql, parameters)) {
      return result.value(type);
    }
  }

  /**
   * A statement to be run many times. Wrong text is reported here, not at the first run.
   *
   * @throws io.distdb.api.error.DistDbException as {@link #query}
   */
  PreparedStatement prepare(String sql);

  /**
   * Runs {@code COPY … FROM STDIN} with the bytes of {@code data}, which are read to their end; the
   * caller closes it. All rows come in, or none.
   *
   * @return rows inserted
   * @throws io.distdb.api.error.DistDbException with the line and column of what is wrong as its
   *     context
   */
  long copyIn(String sql, InputStream data);

  /**
   * Runs {@code COPY … TO STDOUT}; {@code target} is flushed, the caller closes it.
   *
   * @return rows written
   */
  long copyOut(String sql, OutputStream target);

  /**
   * Creates a table.
   *
   * @param columns names, and what follows a name in CREATE TABLE, as SQL text of the program's
   *     own: {@code "BIGINT PRIMARY KEY"}; in the order of the map
   */
  default void createTable(String table, Map<String, String> columns) {
    execute(TableText.createTable(table, columns));
  }

  /** Creates an index of one or more columns. */
  default void createIndex(String name, String table, List<String> columns, IndexKind kind) {
    execute(TableText.createIndex(name, table, columns, kind));
  }

  /**
   * Inserts one row; columns that {@code values} lacks get their defaults. Names here and below are
   * taken as they are, upper case included; values are parameters, whatever is in them.
   *
   * @return 1
   */
  default long insert(String table, Map<String, ?> values) {
    TableText insert = TableText.insert(table, values);
    return execute(insert.text(), insert.parameters());
  }

  /** All columns of the rows that have these values; {@code null} stands for IS NULL. */
  default Result select(String table, Map<String, ?> where) {
    return select(table, Where.equal(where));
  }

  /** All columns of the rows that {@code where} says. */
  default Result select(String table, Where where) {
    TableText select = TableText.select(table, where);
    return query(select.text(), select.parameters());
  }

  /** As {@link #update(String, Map, Where)}, of the rows that have these values. */
  default long update(String table, Map<String, ?> set, Map<String, ?> where) {
    return update(table, set, Where.equal(where));
  }

  /**
   * Sets columns.
   *
   * @return rows changed
   */
  default long update(String table, Map<String, ?> set, Where where) {
    TableText update = TableText.update(table, set, where);
    return execute(update.text(), update.parameters());
  }

  /** As {@link #delete(String, Where)}, of the rows that have these values; none: all rows. */
  default long delete(String table, Map<String, ?> where) {
    return delete(table, Where.equal(where));
  }

  /**
   * Deletes rows.
   *
   * @return how many
   */
  default long delete(String table, Where where) {
    TableText delete = TableText.delete(table, where);
    return execute(delete.text(), delete.parameters());
  }
}
