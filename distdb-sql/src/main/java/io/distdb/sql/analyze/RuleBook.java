// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.ReferenceAction;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.TableRules;
import io.distdb.sql.logical.TableRules.Check;
import io.distdb.sql.logical.TableRules.Link;
import java.util.ArrayList;
import java.util.List;

/** Analyzes the constraints of tables as plans ask for them. */
public final class RuleBook implements TableRules.Book {
  private final CatalogView catalog;

  public RuleBook(CatalogView catalog) {
    this.catalog = catalog;
  }

  @Override
  public TableRules of(Table table) {
    StatementContext context = new StatementContext(catalog, new Parameters(List.of()));
    CheckConditions conditions = new CheckConditions(table.name(), table.columns(), context);
    List<Check> checks = new ArrayList<>();
    for (Constraint constraint : table.constraints()) {
      if (constraint instanceof Constraint.Check check) {
        checks.add(new Check(check.name(), check.columns(), conditions.analyze(check)));
      }
    }
    List<Link> outgoing = new ArrayList<>();
    for (Constraint.ForeignKey key : table.foreignKeys()) {
      outgoing.add(link(table, key, context));
    }
    List<Link> incoming = new ArrayList<>();
    for (Table other : catalog.referencing(table.id())) {
      for (Constraint.ForeignKey key : other.foreignKeys()) {
        if (key.referenced().equals(table.id())) {
          incoming.add(link(other, key, context));
        }
      }
    }
    return new TableRules(conditions.variables(), checks, outgoing, incoming);
  }

  private Link link(Table referencing, Constraint.ForeignKey key, StatementContext context) {
    List<Expression> defaults = new ArrayList<>();
    if (key.onDelete() == ReferenceAction.SET_DEFAULT
        || key.onUpdate() == ReferenceAction.SET_DEFAULT) {
      for (int ordinal : key.columns()) {
        defaults.add(ColumnDefaults.of(referencing.columns().get(ordinal), context));
      }
    }
    return new Link(referencing, key, catalog.table(key.referenced()).orElseThrow(), defaults);
  }
}
