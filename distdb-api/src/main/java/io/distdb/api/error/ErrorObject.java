// SPDX-License-Identifier: MIT
package io.distdb.api.error;

import java.util.Objects;

/**
 * What an error is about, for programs: PostgreSQL's error fields of these names. Null: the error
 * is not about one.
 *
 * @param dataType name of a type without its schema
 */
public record ErrorObject(
    String schema, String table, String column, String dataType, String constraint) {

  public static ErrorObject ofTable(String schema, String table) {
    return new ErrorObject(
        Objects.requireNonNull(schema, "schema"),
        Objects.requireNonNull(table, "table"),
        null,
        null,
        null);
  }

  public static ErrorObject ofColumn(String schema, String table, String column) {
    return new ErrorObject(schema, table, Objects.requireNonNull(column, "column"), null, null);
  }

  public static ErrorObject ofConstraint(String schema, String table, String constraint) {
    return new ErrorObject(
        schema, table, null, null, Objects.requireNonNull(constraint, "constraint"));
  }
}
