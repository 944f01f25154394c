// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.function.Volatility;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relations;
import io.distdb.sql.logical.Subqueries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a table of WITH where its only scan is, so that filters reach it; drops one that is never
 * read. A table that is MATERIALIZED by its text, read more than once, recursive, or volatile,
 * stays.
 *
 * <pre>
 * With
 *   c := Filter (a = 1)             Filter (y = 2)
 *          Scan t (a, b)      =>      Project (y := b)
 *   Filter (y = 2)                      Filter (a = 1)
 *     CommonTableScan c (y)               Scan t (a, b)
 * </pre>
 */
public final class InlineCommonTables implements Rule {
  @Override
  public Relation apply(Relation relation) {
    if (!(relation instanceof Relation.With with)) {
      return relation;
    }
    Map<Integer, Integer> uses = new HashMap<>();
    count(with, uses);
    for (Relation.CommonTable table : with.tables()) {
      int count = uses.getOrDefault(table.id(), 0);
      boolean inline =
          count == 1
              && !table.materialized().orElse(false)
              && !(table.definition() instanceof Relation.RecursiveUnion)
              && !isVolatile(table.definition());
      if (count == 0 || inline) {
        return apply(without(with, table));
      }
    }
    return with.tables().isEmpty() ? with.body() : with;
  }

  /** Its rows may be others each time, so that where it runs can be seen. */
  private static boolean isVolatile(Relation relation) {
    return Relations.expressions(relation).stream().anyMatch(InlineCommonTables::isVolatile)
        || Relations.inputs(relation).stream().anyMatch(InlineCommonTables::isVolatile);
  }

  private static boolean isVolatile(Expression expression) {
    return expression instanceof Expression.Call call
            && call.function().volatility() == Volatility.VOLATILE
        || Expressions.operands(expression).stream().anyMatch(InlineCommonTables::isVolatile)
        || Subqueries.relations(expression).stream().anyMatch(InlineCommonTables::isVolatile);
  }

  private static void count(Relation relation, Map<Integer, Integer> uses) {
    if (relation instanceof Relation.CommonTableScan scan && !scan.working()) {
      uses.merge(scan.id(), 1, Integer::sum);
    }
    Relations.inputs(relation).forEach(input -> count(input, uses));
    for (Expression expression : Relations.expressions(relation)) {
      Subqueries.relations(expression).forEach(query -> count(query, uses));
    }
  }

  private static Relation without(Relation.With with, Relation.CommonTable removed) {
    List<Relation.CommonTable> tables = new ArrayList<>();
    for (Relation.CommonTable table : with.tables()) {
      if (table != removed) {
        tables.add(
            new Relation.CommonTable(
                table.id(),
                table.name(),
                table.materialized(),
                replace(table.definition(), removed),
                table.columns()));
      }
    }
    return new Relation.With(tables, replace(with.body(), removed));
  }

  private static Relation replace(Relation relation, Relation.CommonTable table) {
    if (relation instanceof Relation.CommonTableScan scan && scan.id() == table.id()) {
      return inlined(scan, table);
    }
    Relation below = Relations.mapInputs(relation, input -> replace(input, table));
    return Relations.mapExpressions(
        below, e -> Subqueries.mapRelations(e, query -> replace(query, table)));
  }

  private static Relation inlined(Relation.CommonTableScan scan, Relation.CommonTable table) {
    List<Relation.Assignment> assignments = new ArrayList<>();
    for (int i = 0; i < scan.output().size(); i++) {
      assignments.add(
          new Relation.Assignment(
              scan.output().get(i),
              new Expression.Reference(table.columns().get(scan.ordinals().get(i)))));
    }
    return new Relation.Project(table.definition(), assignments);
  }
}
