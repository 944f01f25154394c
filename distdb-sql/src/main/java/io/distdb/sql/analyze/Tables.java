// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Tables by name, and scans of them. */
final class Tables {
  private Tables() {}

  /**
   * @throws DistDbException {@code UNDEFINED_TABLE} with the nearest name
   */
  static Table require(TableName name, StatementContext context) {
    Table table = context.names().table(name).orElseThrow(() -> undefined(name, context));
    context.useSchema(name);
    context.use(table.id().value());
    context.resolve(name, table.schema());
    return table;
  }

  private static DistDbException undefined(TableName name, StatementContext context) {
    if (context.names().view(name).isPresent()) {
      return new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              "changing view \"" + name + "\" is not supported yet")
          .at(name.span().position());
    }
    return undefined(name, context.catalog());
  }

  static DistDbException undefined(TableName name, CatalogView catalog) {
    DistDbException error =
        new DistDbException(ErrorCode.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist")
            .at(name.span().position());
    List<String> names = catalog.tables().stream().map(Table::name).sorted().toList();
    return Suggestion.nearest(name.name().text(), names)
        .map(near -> error.withHint("Perhaps you meant \"" + near + "\"."))
        .orElse(error);
  }

  /** The table under its alias, with a variable for each column. */
  static ScopeTable bind(
      Table table, String alias, List<Name> columnAliases, StatementContext context) {
    List<Variable> variables = new ArrayList<>(table.columns().size());
    List<ScopeColumn> columns = new ArrayList<>(table.columns().size());
    for (int i = 0; i < table.columns().size(); i++) {
      TableColumn column = table.columns().get(i);
      String name = i < columnAliases.size() ? columnAliases.get(i).text() : column.name();
      Variable variable = context.newVariable(name, column.type());
      variables.add(variable);
      columns.add(
          new ScopeColumn(alias, name, new io.distdb.sql.logical.Expression.Reference(variable)));
    }
    ScopeTable bound = new ScopeTable(alias, Optional.of(table), variables, columns);
    context.demands().bound(table, bound);
    return bound;
  }

  /** Reads every column. */
  static Relation.Scan scan(ScopeTable bound) {
    List<Integer> ordinals = IntStream.range(0, bound.variables().size()).boxed().toList();
    return new Relation.Scan(
        bound.table().orElseThrow(), bound.alias(), bound.variables(), ordinals);
  }

  /** The position of a column that a statement changes or indexes. */
  static int requireColumn(Table table, Name column) {
    int ordinal = table.ordinalOf(column.text());
    if (ordinal >= 0) {
      return ordinal;
    }
    DistDbException error =
        new DistDbException(
                ErrorCode.UNDEFINED_COLUMN,
                "column \"" + column + "\" of relation \"" + table.name() + "\" does not exist")
            .at(column.span().position());
    List<String> names = table.columns().stream().map(TableColumn::name).toList();
    throw Suggestion.nearest(column.text(), names)
        .map(near -> error.withHint("Perhaps you meant \"" + near + "\"."))
        .orElse(error);
  }
}
