// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.logical.Expression;

/** A value on its way into a column. */
final class ColumnAssignment {
  private final Coercion coercion;

  ColumnAssignment(Coercion coercion) {
    this.coercion = coercion;
  }

  /**
   * @throws DistDbException {@code DATATYPE_MISMATCH} in PostgreSQL's words
   */
  Expression convert(Operand value, TableColumn column) {
    return coercion
        .convert(value, column.type(), CastStrength.ASSIGNMENT)
        .orElseThrow(() ->
            new DistDbException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "column \""
                        + column.name()
                        + "\" is of type "
                        + column.type().unmodified().sqlName()
                        + " but expression is of type "
                        + value.typeName())
                .withHint("You will need to rewrite or cast the expression.")
                .at(value.span().position()));
  }

  /** As {@link #convert}, for the DEFAULT of {@code column}. */
  Expression defaultValue(Operand value, TableColumn column) {
    return coercion
        .convert(value, column.type(), CastStrength.ASSIGNMENT)
        .orElseThrow(() ->
            new DistDbException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "column \""
                        + column.name()
                        + "\" is of type "
                        + column.type().sqlName()
                        + " but default expression is of type "
                        + value.typeName())
                .withHint("You will need to rewrite or cast the expression.")
                .at(value.span().position()));
  }
}
