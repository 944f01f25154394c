// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import java.util.List;
import java.util.Optional;

/** FROM: tables and joins, and the names they bring. */
final class FromClause {
  /** A relation and what can be named in it. */
  record Bound(Relation relation, Scope scope) {}

  private final StatementContext context;

  FromClause(StatementContext context) {
    this.context = context;
  }

  /** No FROM is one row without columns. */
  Bound analyze(List<Query.FromItem> items) {
    if (items.isEmpty()) {
      return new Bound(new Relation.Values(List.of(), List.of(List.of())), Scope.EMPTY);
    }
    Bound all = item(items.getFirst());
    for (Query.FromItem item : items.subList(1, items.size())) {
      Bound next = item(item);
      refuseDuplicates(all.scope, next.scope, item.span());
      all =
          new Bound(
              new Relation.Join(
                  Relation.JoinKind.CROSS, all.relation, next.relation, Optional.empty()),
              all.scope.and(next.scope));
    }
    return all;
  }

  private Bound item(Query.FromItem item) {
    return switch (item) {
      case Query.TableReference table -> table(table);
      case Query.Derived derived ->
          throw ExpressionAnalyzer.unsupported("a subquery in FROM", derived.span());
      case Query.Join join -> join(join);
    };
  }

  private Bound table(Query.TableReference reference) {
    Table table = Tables.require(reference.table(), context);
    if (reference.columnAliases().size() > table.columns().size()) {
      throw new DistDbException(
              ErrorCode.INVALID_COLUMN_REFERENCE,
              "table \""
                  + reference.table()
                  + "\" has "
                  + table.columns().size()
                  + " columns available but "
                  + reference.columnAliases().size()
                  + " columns specified")
          .at(reference.span().position());
    }
    String alias = reference.alias().orElse(reference.table().name()).text();
    ScopeTable bound = Tables.bind(table, alias, reference.columnAliases(), context);
    return new Bound(Tables.scan(bound), Scope.of(bound));
  }

  private static void refuseDuplicates(Scope left, Scope right, SourceSpan span) {
    for (ScopeTable table : right.tables()) {
      if (left.table(table.alias()).isPresent()) {
        throw new DistDbException(
                ErrorCode.DUPLICATE_ALIAS,
                "table name \"" + table.alias() + "\" specified more than once")
            .withHint("Give one of them an alias.")
            .at(span.position());
      }
    }
  }

  private Bound join(Query.Join join) {
    if (join.type() != Query.JoinType.INNER) {
      throw ExpressionAnalyzer.unsupported(join.type() + " JOIN", join.span());
    }
    Bound left = item(join.left());
    Bound right = item(join.right());
    refuseDuplicates(left.scope, right.scope, join.right().span());
    return switch (join.condition()) {
      case Query.NoCondition none -> cross(left, right, left.scope.and(right.scope));
      case Query.On on -> on(left, right, on);
      case Query.Using using -> using(left, right, using.columns());
      case Query.Natural natural -> natural(left, right, natural);
    };
  }

  private static Bound cross(Bound left, Bound right, Scope scope) {
    return new Bound(
        new Relation.Join(Relation.JoinKind.CROSS, left.relation, right.relation, Optional.empty()),
        scope);
  }

  private static Bound inner(Bound left, Bound right, Expression condition, Scope scope) {
    return new Bound(
        new Relation.Join(
            Relation.JoinKind.INNER, left.relation, right.relation, Optional.of(condition)),
        scope);
  }

  private Bound on(Bound left, Bound right, Query.On on) {
    Scope scope = left.scope.and(right.scope);
    Expression condition =
        new ExpressionAnalyzer(
                context, scope, AggregateCollector.forbiddenIn(context, "JOIN conditions"))
            .condition(on.predicate(), "JOIN/ON");
    return inner(left, right, condition, scope);
  }

  private Bound natural(Bound left, Bound right, Query.Natural natural) {
    List<Name> shared =
        left.scope.columns().stream()
            .map(ScopeColumn::name)
            .filter(name -> !right.scope.named(name).isEmpty())
            .distinct()
            .map(name -> new Name(natural.span(), name))
            .toList();
    return shared.isEmpty()
        ? cross(left, right, left.scope.and(right.scope))
        : using(left, right, shared);
  }

  private Bound using(Bound left, Bound right, List<Name> names) {
    JoinUsing using = new JoinUsing(context, left.scope, right.scope);
    names.forEach(using::add);
    return inner(left, right, using.condition(), using.scope());
  }
}
