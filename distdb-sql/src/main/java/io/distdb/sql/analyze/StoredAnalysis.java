// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.catalog.View;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.parse.SqlParser;
import java.util.List;

/**
 * The expressions that the catalog keeps as text, understood: for whoever writes them out again.
 */
public final class StoredAnalysis {
  private StoredAnalysis() {}

  /** Its columns are references to variables of their names. */
  public static Expression check(Table table, Constraint.Check check, CatalogView catalog) {
    return new CheckConditions(table.name(), table.columns(), context(catalog)).analyze(check);
  }

  /** The default of {@code column}; a NULL literal when it has none. */
  public static Expression defaultValue(TableColumn column, CatalogView catalog) {
    return ColumnDefaults.of(column, context(catalog));
  }

  /**
   * Any expression over the columns of {@code table}, of whatever type it is.
   *
   * @throws io.distdb.api.error.DistDbException it is none
   */
  public static Expression expression(String text, Table table, CatalogView catalog) {
    StatementContext context = context(catalog);
    return new CheckConditions(table.name(), table.columns(), context)
        .value(SqlParser.parseExpression(text));
  }

  /**
   * Names of the columns that the query of a view has by itself.
   *
   * @throws io.distdb.api.error.DistDbException it can no longer be understood
   */
  public static List<String> headings(View view, CatalogView catalog) {
    StatementContext context =
        new StatementContext(catalog, new Parameters(List.of()), view.searchPath());
    return new QueryAnalyzer(context).analyze(NamedQueries.query(view)).headings();
  }

  private static StatementContext context(CatalogView catalog) {
    return new StatementContext(catalog, new Parameters(List.of()));
  }
}
