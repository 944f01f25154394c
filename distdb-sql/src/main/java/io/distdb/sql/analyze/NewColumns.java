// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.ColumnDefinition;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.logical.BoundStatement.NewColumn;
import java.util.List;
import java.util.Optional;

/** Columns of CREATE TABLE and ADD COLUMN, without their table constraints. */
final class NewColumns {
  private final StatementContext context;

  NewColumns(StatementContext context) {
    this.context = context;
  }

  NewColumn analyze(ColumnDefinition column) {
    Optional<SqlType> serial = serial(column);
    SqlType type = serial.orElseGet(() -> TypeNames.stored(column.type()));
    Optional<String> defaultText = Optional.empty();
    Optional<TableColumn.Identity> identity = Optional.empty();
    Optional<Sequence> sequence =
        serial.map(of -> SequenceAnalyzer.create(List.of(), Optional.of(of), context));
    for (SchemaStatement.ColumnConstraint constraint : column.constraints()) {
      if (constraint instanceof SchemaStatement.Default value) {
        if (defaultText.isPresent() || serial.isPresent()) {
          throw conflicting("multiple default values specified", column, value.span());
        }
        ColumnDefaults.analyze(
            value.value(), new TableColumn(column.name().text(), type, false), context);
        defaultText = Optional.of(value.text());
      }
      if (constraint instanceof SchemaStatement.Identity generated) {
        if (identity.isPresent()) {
          throw conflicting("multiple identity specifications", column, generated.span());
        }
        identity = Optional.of(identity(generated));
        sequence = Optional.of(identitySequence(generated, type, context));
      }
    }
    if (identity.isPresent() && (defaultText.isPresent() || serial.isPresent())) {
      throw conflicting("both default and identity specified", column, column.name().span());
    }
    boolean notNull = isNotNull(column, serial.isPresent() || identity.isPresent());
    return new NewColumn(
        column.name().text(),
        type,
        notNull,
        defaultText,
        identity,
        sequence,
        collation(column.collation(), type));
  }

  /**
   * What a column keeps of COLLATE.
   *
   * @throws DistDbException {@code DATATYPE_MISMATCH}: its values are no texts
   */
  static Optional<String> collation(Optional<SchemaStatement.Collation> written, SqlType type) {
    if (written.isEmpty()) {
      return Optional.empty();
    }
    if (!isCollatable(type)) {
      throw new DistDbException(
              ErrorCode.DATATYPE_MISMATCH,
              "collations are not supported by type " + type.unmodified().sqlName())
          .at(written.get().span().position());
    }
    return written.map(SchemaStatement.Collation::name).filter(name -> !name.isEmpty());
  }

  private static boolean isCollatable(SqlType type) {
    return switch (type) {
      case SqlType.Array array -> isCollatable(array.element());
      case SqlType.Modified modified -> isCollatable(modified.base());
      case RowType row -> false;
      case SqlType.Scalar scalar ->
          scalar == SqlType.TEXT
              || scalar == SqlType.VARCHAR
              || scalar == SqlType.CHAR
              || scalar == SqlType.NAME;
    };
  }

  static TableColumn.Identity identity(SchemaStatement.Identity generated) {
    return generated.always() ? TableColumn.Identity.ALWAYS : TableColumn.Identity.BY_DEFAULT;
  }

  /**
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: not a column of whole numbers
   */
  static Sequence identitySequence(
      SchemaStatement.Identity generated, SqlType type, StatementContext context) {
    if (!SequenceAnalyzer.isWhole(type)) {
      throw new DistDbException(
              ErrorCode.INVALID_PARAMETER_VALUE,
              "identity column type must be smallint, integer, or bigint")
          .at(generated.span().position());
    }
    return SequenceAnalyzer.create(generated.options(), Optional.of(type), context);
  }

  private static DistDbException conflicting(
      String what, ColumnDefinition column, SourceSpan span) {
    return new DistDbException(
            ErrorCode.SYNTAX_ERROR, what + " for column \"" + column.name() + "\"")
        .at(span.position());
  }

  /** The type of the numbers of a SERIAL column. */
  private static Optional<SqlType> serial(ColumnDefinition column) {
    String name =
        switch (column.type().name()) {
          case "serial", "serial4" -> "integer";
          case "bigserial", "serial8" -> "bigint";
          case "smallserial", "serial2" -> "smallint";
          default -> "";
        };
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (column.type().array()) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED, "array of serial is not implemented")
          .at(column.type().span().position());
    }
    return Optional.of(
        TypeNames.resolve(
            new io.distdb.sql.ast.TypeName(column.type().span(), name, List.of(), false)));
  }

  private static boolean isNotNull(ColumnDefinition column, boolean implied) {
    boolean notNull = implied;
    boolean nullable = false;
    for (SchemaStatement.ColumnConstraint constraint : column.constraints()) {
      notNull |= constraint instanceof SchemaStatement.Key key && key.primary();
      if (constraint instanceof SchemaStatement.Nullability nullability) {
        notNull |= nullability.notNull();
        nullable |= !nullability.notNull();
      }
      if (notNull && nullable) {
        throw new DistDbException(
                ErrorCode.SYNTAX_ERROR,
                "conflicting NULL/NOT NULL declarations for column \"" + column.name() + "\"")
            .at(constraint.span().position());
      }
    }
    return notNull;
  }
}
