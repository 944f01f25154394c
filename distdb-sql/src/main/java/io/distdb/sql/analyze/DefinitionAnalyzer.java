// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.ast.TypeName;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.logical.BoundStatement.NewColumn;
import io.distdb.sql.logical.BoundStatement.NewConstraint;
import io.distdb.sql.logical.Expressions;
import java.util.List;

/** Parts of definitions that are analyzed as the definition runs, against what is there then. */
public final class DefinitionAnalyzer {
  /** Of a table; as in PostgreSQL. */
  private static final int COLUMNS_MAX = 1_600;

  private final StatementContext context;

  /**
   * @param searchPath schemas that names without one are looked for in, in order
   */
  public DefinitionAnalyzer(CatalogView catalog, List<String> searchPath) {
    context = new StatementContext(catalog, new Parameters(List.of()), searchPath);
  }

  /**
   * @throws DistDbException {@code TOO_MANY_COLUMNS}, at {@code span}
   */
  public static void checkColumnCount(int count, SourceSpan span) {
    if (count > COLUMNS_MAX) {
      throw new DistDbException(
              ErrorCode.TOO_MANY_COLUMNS, "tables can have at most " + COLUMNS_MAX + " columns")
          .at(span.position());
    }
  }

  /**
   * @throws DistDbException what is wrong with it, with its position
   */
  public NewConstraint constraint(Table table, SchemaStatement.TableConstraint constraint) {
    return new ConstraintAnalyzer(context, ConstraintAnalyzer.Subject.of(table))
        .analyze(constraint);
  }

  public NewColumn column(SchemaStatement.ColumnDefinition column) {
    return new NewColumns(context).analyze(column);
  }

  /**
   * The column with the type and the collation that it is given.
   *
   * @throws DistDbException {@code UNDEFINED_OBJECT}; {@code DATATYPE_MISMATCH}: a collation of
   *     what is no text
   */
  public TableColumn retyped(TableColumn column, SchemaStatement.AlterType alter) {
    SqlType type = type(alter.type());
    return column.withType(type, NewColumns.collation(alter.collation(), type));
  }

  public SqlType type(TypeName type) {
    return TypeNames.stored(type);
  }

  /** Checks that {@code value} can be the default of {@code column}. */
  public void checkDefault(SchemaStatement.Default value, TableColumn column) {
    ColumnDefaults.analyze(value.value(), column, context);
  }

  /** Checks that the default that {@code column} has goes with its type. */
  public void checkDefault(TableColumn column) {
    ColumnDefaults.of(column, context);
  }

  /** Whether the default of {@code column} differs from row to row. */
  public boolean hasVolatileDefault(TableColumn column) {
    return Expressions.isVolatile(ColumnDefaults.of(column, context));
  }

  /** The options of an identity column, checked. */
  public Sequence identity(SchemaStatement.Identity identity, SqlType type) {
    return NewColumns.identitySequence(identity, type, context);
  }
}
