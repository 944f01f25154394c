// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Query;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.BoundStatement.JoinedTarget;
import io.distdb.sql.logical.BoundStatement.Returning;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.Assignment;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The table that UPDATE or DELETE changes beside those of its FROM or USING.
 *
 * @param others absent: there are none
 * @param scope the target's columns, then theirs
 */
record JoinedTables(
    StatementContext context, ScopeTable table, Optional<Relation> others, Scope scope) {
  static JoinedTables of(StatementContext context, ScopeTable target, List<Query.FromItem> items) {
    if (items.isEmpty()) {
      return new JoinedTables(context, target, Optional.empty(), Scope.of(target));
    }
    FromClause.Bound from = new FromClause(context, Optional.empty()).analyze(items);
    Scope own = Scope.of(target);
    FromClause.refuseDuplicates(own, from.scope(), items.getFirst().span());
    return new JoinedTables(context, target, Optional.of(from.relation()), own.and(from.scope()));
  }

  /**
   * The join, as far as the statement's expressions ask for it.
   *
   * @param read what is computed from joined rows
   */
  Optional<JoinedTarget> target(
      Optional<Expression> predicate, List<Expression> read, Optional<Returning> returning) {
    return others.map(relation -> {
      Set<Variable> used = new LinkedHashSet<>();
      Stream.of(
              predicate.stream(),
              read.stream(),
              returning.stream().flatMap(list -> list.columns().stream()))
          .flatMap(expressions -> expressions)
          .forEach(expression -> used.addAll(Expressions.references(expression)));
      used.retainAll(relation.output());
      return target(relation, predicate, List.copyOf(used));
    });
  }

  private JoinedTarget target(
      Relation relation, Optional<Expression> predicate, List<Variable> used) {
    Relation.Scan scan = Tables.scan(table);
    Table definition = scan.table();
    List<Variable> key = new ArrayList<>();
    if (definition.hasRowId()) {
      key.add(context.newVariable("rowid", SqlType.BIGINT));
      scan = withRowId(scan, key.getFirst());
    } else {
      definition.primaryKey().forEach(ordinal -> key.add(table.variables().get(ordinal)));
    }
    Relation joined = new Relation.Join(Relation.JoinKind.CROSS, scan, relation, Optional.empty());
    Relation filtered = predicate.<Relation>map(e -> new Relation.Filter(joined, e)).orElse(joined);
    List<Assignment> columns = new ArrayList<>();
    Stream.concat(key.stream(), used.stream())
        .forEach(
            variable -> columns.add(new Assignment(variable, new Expression.Reference(variable))));
    return new JoinedTarget(new Relation.Project(filtered, columns), key, used);
  }

  private static Relation.Scan withRowId(Relation.Scan scan, Variable rowId) {
    List<Variable> output = new ArrayList<>(scan.output());
    List<Integer> ordinals = new ArrayList<>(scan.ordinals());
    output.add(rowId);
    ordinals.add(Relation.Scan.ROW_ID);
    return new Relation.Scan(scan.table(), scan.alias(), output, ordinals);
  }
}
