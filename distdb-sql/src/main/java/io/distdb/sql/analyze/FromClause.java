// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.Query.JoinType;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.JoinKind;
import io.distdb.sql.logical.Relations;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * FROM: tables, subqueries and joins, and the names they bring. What refers to items before it
 * (LATERAL) is joined by {@link Relation.Apply}.
 */
final class FromClause {
  /** A relation and what can be named in it. */
  record Bound(Relation relation, Scope scope) {}

  private final StatementContext context;
  private final Optional<Scope.Outer> outer;

  /**
   * @param outer the query around this one
   */
  FromClause(StatementContext context, Optional<Scope.Outer> outer) {
    this.context = context;
    this.outer = outer;
  }

  /** No FROM is one row without columns. */
  Bound analyze(List<Query.FromItem> items) {
    Scope none = Scope.EMPTY.within(outer);
    if (items.isEmpty()) {
      return new Bound(new Relation.Values(List.of(), List.of(List.of())), none);
    }
    Bound all = item(items.getFirst(), none);
    for (Query.FromItem item : items.subList(1, items.size())) {
      Bound next = item(item, all.scope);
      refuseDuplicates(all.scope, next.scope, item.span());
      all = inner(all, next, Optional.empty(), all.scope.and(next.scope));
    }
    return all;
  }

  /**
   * @param before what LATERAL may refer to
   */
  private Bound item(Query.FromItem item, Scope before) {
    return switch (item) {
      case Query.TableReference table -> table(table);
      case Query.Derived derived -> derived(derived, before);
      case Query.FunctionItem functions -> {
        Bound bound = new FunctionItems(context, before).bind(functions);
        yield new Bound(bound.relation, bound.scope.within(outer));
      }
      case Query.Join join -> join(join, before);
    };
  }

  private Bound table(Query.TableReference reference) {
    if (reference.table().schema().isEmpty()) {
      Optional<CommonTables.Entry> common =
          context.commonTables().find(reference.table().name().text());
      if (common.isPresent()) {
        Bound bound = new CommonTableReference(context).bind(reference, common.get());
        return new Bound(bound.relation, bound.scope.within(outer));
      }
      if (isOfStatement(reference.table().name())) {
        return derived(wrapped(reference), Scope.EMPTY);
      }
    }
    Optional<Bound> named = new NamedQueries(context).bind(reference);
    if (named.isPresent()) {
      return new Bound(named.get().relation, named.get().scope.within(outer));
    }
    Table table = Tables.require(reference.table(), context);
    checkAliases(
        reference.table().toString(), table.columns().size(), reference.columnAliases(), reference);
    String alias = reference.alias().orElse(reference.table().name()).text();
    ScopeTable bound = Tables.bind(table, alias, reference.columnAliases(), context);
    context.demands().select(bound);
    return new Bound(Tables.scan(bound), Scope.of(bound).within(outer));
  }

  /** Whether WITH before the whole statement has a table of that name. */
  private boolean isOfStatement(Name name) {
    return context
        .statementWith()
        .filter(with ->
            with.tables().stream().anyMatch(table -> table.name().text().equals(name.text())))
        .isPresent();
  }

  /** {@code (SELECT * FROM name) AS name}: within a query, WITH is in scope. */
  private static Query.Derived wrapped(Query.TableReference reference) {
    SourceSpan span = reference.span();
    Query.TableReference bare =
        new Query.TableReference(span, reference.table(), Optional.empty(), List.of());
    Query.Select all =
        new Query.Select(
            span,
            false,
            List.of(),
            List.of(new Query.Star(span, Optional.empty())),
            List.of(bare),
            Optional.empty(),
            List.of(),
            false,
            Optional.empty(),
            List.of());
    return new Query.Derived(
        span,
        new Query(span, all),
        false,
        reference.alias().or(() -> Optional.of(reference.table().name())),
        reference.columnAliases());
  }

  static void checkAliases(String table, int columns, List<Name> aliases, Query.FromItem item) {
    if (aliases.size() > columns) {
      throw new DistDbException(
              ErrorCode.INVALID_COLUMN_REFERENCE,
              "table \""
                  + table
                  + "\" has "
                  + columns
                  + " columns available but "
                  + aliases.size()
                  + " columns specified")
          .at(item.span().position());
    }
  }

  private Bound derived(Query.Derived derived, Scope before) {
    AggregateCollector none =
        AggregateCollector.forbidden(
            context, "aggregate functions are not allowed in FROM clause of their own query level");
    Optional<Scope.Outer> around =
        derived.lateral() ? Optional.of(new Scope.Outer(before, none)) : outer;
    BoundStatement.Query query = new QueryAnalyzer(context, around).analyze(derived.query());
    return bind(query, derived);
  }

  /** The names of a subquery's columns. */
  private Bound bind(BoundStatement.Query query, Query.Derived derived) {
    List<Variable> variables = query.relation().output().subList(0, query.headings().size());
    String alias = derived.alias().map(Name::text).orElse("");
    checkAliases(alias, variables.size(), derived.columnAliases(), derived);
    List<ScopeColumn> columns = new ArrayList<>(variables.size());
    for (int i = 0; i < variables.size(); i++) {
      String name =
          i < derived.columnAliases().size()
              ? derived.columnAliases().get(i).text()
              : query.headings().get(i);
      columns.add(new ScopeColumn(alias, name, new Expression.Reference(variables.get(i))));
    }
    ScopeTable table = new ScopeTable(alias, Optional.empty(), variables, columns);
    return new Bound(query.relation(), Scope.of(table).within(outer));
  }

  static void refuseDuplicates(Scope left, Scope right, SourceSpan span) {
    for (ScopeTable table : right.tables()) {
      if (!table.alias().isEmpty() && left.table(table.alias()).isPresent()) {
        throw new DistDbException(
                ErrorCode.DUPLICATE_ALIAS,
                "table name \"" + table.alias() + "\" specified more than once")
            .withHint("Give one of them an alias.")
            .at(span.position());
      }
    }
  }

  private Bound join(Query.Join join, Scope before) {
    Bound left = side(join, join.left(), JoinType.RIGHT, before);
    Bound right = side(join, join.right(), JoinType.LEFT, before.and(left.scope));
    refuseDuplicates(left.scope, right.scope, join.right().span());
    Scope both = left.scope.and(right.scope);
    return switch (join.condition()) {
      case Query.NoCondition none -> join(join, left, right, Optional.empty(), both);
      case Query.On on -> join(join, left, right, Optional.of(condition(on, both)), both);
      case Query.Using using -> using(join, left, right, using.columns());
      case Query.Natural natural -> natural(join, left, right, natural);
    };
  }

  /**
   * A side of a join.
   *
   * @param nulls the type of join, besides FULL, that makes NULLs of its columns
   */
  private Bound side(Query.Join join, Query.FromItem item, JoinType nulls, Scope before) {
    if (join.type() != nulls && join.type() != JoinType.FULL) {
      return item(item, before);
    }
    Bound bound = context.withoutRecursion("an outer join", () -> item(item, before));
    return new Bound(bound.relation, bound.scope.asNullable());
  }

  private Bound join(
      Query.Join join, Bound left, Bound right, Optional<Expression> condition, Scope scope) {
    boolean lateral =
        !Collections.disjoint(Relations.outer(right.relation), left.relation.output());
    Expression truth = new Expression.Literal(Value.TRUE, SqlType.BOOLEAN);
    Optional<Expression> on = condition.or(() -> Optional.of(truth));
    return switch (join.type()) {
      case INNER -> inner(left, right, condition, scope);
      case LEFT -> bound(JoinKind.LEFT, left, right, on, scope);
      case RIGHT, FULL -> {
        if (lateral) {
          throw wrongSide(join, left, right);
        }
        yield join.type() == JoinType.RIGHT
            ? bound(JoinKind.LEFT, right, left, on, scope)
            : bound(JoinKind.FULL, left, right, on, scope);
      }
    };
  }

  private static Bound inner(Bound left, Bound right, Optional<Expression> condition, Scope scope) {
    JoinKind kind = condition.isPresent() ? JoinKind.INNER : JoinKind.CROSS;
    return bound(kind, left, right, condition, scope);
  }

  private static Bound bound(
      JoinKind kind, Bound left, Bound right, Optional<Expression> condition, Scope scope) {
    boolean lateral =
        !Collections.disjoint(Relations.outer(right.relation), left.relation.output());
    Relation relation =
        lateral
            ? new Relation.Apply(kind, left.relation, right.relation, condition)
            : new Relation.Join(kind, left.relation, right.relation, condition);
    return new Bound(relation, scope);
  }

  private static DistDbException wrongSide(Query.Join join, Bound left, Bound right) {
    Set<Variable> asked = Relations.outer(right.relation);
    String table =
        left.scope.tables().stream()
            .filter(candidate -> !Collections.disjoint(candidate.variables(), asked))
            .map(candidate -> " for table \"" + candidate.alias() + "\"")
            .findFirst()
            .orElse("");
    return new DistDbException(
            ErrorCode.INVALID_COLUMN_REFERENCE, "invalid reference to FROM-clause entry" + table)
        .withDetail("The combining JOIN type must be INNER or LEFT for a LATERAL reference.")
        .at(join.right().span().position());
  }

  private Expression condition(Query.On on, Scope scope) {
    return new ExpressionAnalyzer(
            context, scope, AggregateCollector.forbiddenIn(context, "JOIN conditions"))
        .condition(on.predicate(), "JOIN/ON");
  }

  private Bound natural(Query.Join join, Bound left, Bound right, Query.Natural natural) {
    List<Name> shared =
        left.scope.columns().stream()
            .map(ScopeColumn::name)
            .filter(name -> !right.scope.named(name).isEmpty())
            .distinct()
            .map(name -> new Name(natural.span(), name))
            .toList();
    return shared.isEmpty()
        ? join(join, left, right, Optional.empty(), left.scope.and(right.scope))
        : using(join, left, right, shared);
  }

  private Bound using(Query.Join join, Bound left, Bound right, List<Name> names) {
    JoinUsing using = new JoinUsing(context, join.type(), left.scope, right.scope);
    names.forEach(using::add);
    return join(join, left, right, Optional.of(using.condition()), using.scope());
  }
}
