// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.Query;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** FOR UPDATE and its like (PostgreSQL documentation, SELECT, "The Locking Clause"). */
final class LockingClause {
  private final StatementContext context;
  private final Query query;
  private final Map<ScopeTable, Query.Locking> wanted = new LinkedHashMap<>();
  private final List<Relation.LockTarget> targets = new ArrayList<>();
  private final List<Expression> conditions = new ArrayList<>();

  LockingClause(StatementContext context, Query query) {
    this.context = context;
    this.query = query;
  }

  /** Errors for what has no rows of tables to lock. */
  void check(Query.Select select, AggregateCollector aggregates, WindowCollector windows) {
    String place = null;
    if (select.distinct()) {
      place = "DISTINCT clause";
    } else if (!select.groupBy().isEmpty()) {
      place = "GROUP BY clause";
    } else if (select.having().isPresent()) {
      place = "HAVING clause";
    } else if (!aggregates.calls().isEmpty()) {
      place = "aggregate functions";
    } else if (!windows.calls().isEmpty()) {
      place = "window functions";
    } else if (aggregates.seriesCount() > 0) {
      place = "set-returning functions in the target list";
    }
    if (place != null) {
      throw refused(" is not allowed with " + place);
    }
    if (query.withTies()) {
      throw ExpressionAnalyzer.unsupported("WITH TIES with " + first().clause(), first().span());
    }
  }

  private Query.Locking first() {
    return query.locking().getFirst();
  }

  private DistDbException refused(String what) {
    return new DistDbException(ErrorCode.FEATURE_NOT_SUPPORTED, first().clause() + what)
        .at(first().span().position());
  }

  /** FROM with the columns that tell a row's key. */
  FromClause.Bound prepare(FromClause.Bound from) {
    if (query.locking().isEmpty()) {
      return from;
    }
    for (Query.Locking locking : query.locking()) {
      if (locking.of().isEmpty()) {
        from.scope().tables().forEach(table -> want(table, locking));
      }
      for (Name alias : locking.of()) {
        want(named(alias, locking, from.scope()), locking);
      }
    }
    return new FromClause.Bound(prepare(from.relation(), false), from.scope());
  }

  private ScopeTable named(Name alias, Query.Locking locking, Scope scope) {
    return scope
        .table(alias.text())
        .orElseThrow(() ->
            new DistDbException(
                    ErrorCode.UNDEFINED_TABLE,
                    "relation \""
                        + alias
                        + "\" in "
                        + locking.clause()
                        + " clause not found in FROM clause")
                .at(alias.span().position()));
  }

  /** Of two clauses for a table, the stronger lock and the shorter wait hold. */
  private void want(ScopeTable table, Query.Locking locking) {
    context.demands().lock(table);
    wanted.merge(
        table,
        locking,
        (one, other) -> {
          Query.Locking stronger = one.strength() == LockStrength.EXCLUSIVE ? one : other;
          return new Query.Locking(
              stronger.span(),
              stronger.clause(),
              stronger.strength(),
              List.of(),
              shorter(one.policy(), other.policy()));
        });
  }

  private static WaitPolicy shorter(WaitPolicy one, WaitPolicy other) {
    if (one == WaitPolicy.NO_WAIT || other == WaitPolicy.NO_WAIT) {
      return WaitPolicy.NO_WAIT;
    }
    return one == WaitPolicy.SKIP ? one : other;
  }

  private Optional<ScopeTable> wanted(Relation relation) {
    return wanted.keySet().stream()
        .filter(table -> table.variables().equals(relation.output()))
        .findFirst();
  }

  /**
   * @param nullable whether an outer join above makes NULLs of its columns
   */
  private Relation prepare(Relation relation, boolean nullable) {
    Optional<ScopeTable> table = wanted(relation);
    if (table.isPresent()) {
      return target(relation, table.get(), nullable);
    }
    return switch (relation) {
      case Relation.Join join -> {
        boolean full = join.kind() == Relation.JoinKind.FULL;
        boolean outer = full || join.kind() == Relation.JoinKind.LEFT;
        if (!outer && !nullable) {
          join.condition().ifPresent(e -> conditions.addAll(Expressions.conjuncts(e)));
        }
        yield new Relation.Join(
            join.kind(),
            prepare(join.left(), nullable || full),
            prepare(join.right(), nullable || outer),
            join.condition());
      }
      case Relation.Apply apply ->
          new Relation.Apply(
              apply.kind(),
              prepare(apply.left(), nullable),
              prepare(apply.right(), nullable || apply.kind() == Relation.JoinKind.LEFT),
              apply.condition());
      case Relation.Project project -> project(project, nullable);
      default -> relation;
    };
  }

  /** What USING merges stands above the tables: it hands their keys on. */
  private Relation project(Relation.Project project, boolean nullable) {
    Relation input = prepare(project.input(), nullable);
    List<Relation.Assignment> assignments = new ArrayList<>(project.assignments());
    for (Relation.LockTarget target : targets) {
      for (Variable key : target.key()) {
        boolean missing = !project.output().contains(key) && input.output().contains(key);
        if (missing) {
          assignments.add(new Relation.Assignment(key, new Expression.Reference(key)));
        }
      }
    }
    return new Relation.Project(input, assignments);
  }

  private Relation target(Relation relation, ScopeTable table, boolean nullable) {
    Query.Locking locking = wanted.get(table);
    if (table.table().isEmpty() || !(relation instanceof Relation.Scan scan)) {
      return other(relation, table, locking);
    }
    if (nullable) {
      throw refused(" cannot be applied to the nullable side of an outer join");
    }
    Table definition = table.table().get();
    List<Variable> key = new ArrayList<>();
    Relation.Scan reading = scan;
    if (definition.hasRowId()) {
      Variable rowId = context.newVariable("rowid", SqlType.BIGINT);
      key.add(rowId);
      reading = withRowId(scan, rowId);
    } else {
      definition.primaryKey().forEach(ordinal -> key.add(table.variables().get(ordinal)));
    }
    targets.add(
        new Relation.LockTarget(
            definition,
            locking.clause(),
            key,
            table.variables(),
            IntStream.range(0, table.variables().size()).boxed().toList(),
            locking.strength(),
            locking.policy()));
    return reading;
  }

  private static Relation.Scan withRowId(Relation.Scan scan, Variable rowId) {
    List<Variable> output = new ArrayList<>(scan.output());
    List<Integer> ordinals = new ArrayList<>(scan.ordinals());
    output.add(rowId);
    ordinals.add(Relation.Scan.ROW_ID);
    return new Relation.Scan(scan.table(), scan.alias(), output, ordinals);
  }

  /** Rows that no table has: passed over, or refused when they are named. */
  private Relation other(Relation relation, ScopeTable table, Query.Locking locking) {
    boolean named = locking.of().stream().anyMatch(name -> name.text().equals(table.alias()));
    return switch (relation) {
      case Relation.CommonTableScan scan when !named -> scan;
      case Relation.FunctionRows rows when !named -> rows;
      case Relation.Values values when !named -> values;
      case Relation.LiveRows rows when !named -> rows;
      case Relation.CommonTableScan scan -> throw refused(" cannot be applied to a WITH query");
      case Relation.FunctionRows rows -> throw refused(" cannot be applied to a function");
      case Relation.Values values -> throw refused(" cannot be applied to VALUES");
      default ->
          throw ExpressionAnalyzer.unsupported(
              locking.clause() + " of a subquery or view", locking.span());
    };
  }

  /**
   * The rows locked, in order.
   *
   * @param input FROM and WHERE
   */
  Relation apply(Relation input, Optional<Expression> where, List<OrderBy.Key> order) {
    Relation sorted = input;
    if (!order.isEmpty()) {
      ComputedColumns columns = new ComputedColumns(context, input);
      List<Relation.SortKey> keys = new ArrayList<>();
      for (OrderBy.Key key : order) {
        keys.add(
            new Relation.SortKey(
                columns.of(key.expression(), "sort_key"), key.descending(), key.nullsFirst()));
      }
      sorted = new Relation.Sort(columns.relation(), keys);
    }
    where.ifPresent(e -> conditions.addAll(Expressions.conjuncts(e)));
    return targets.isEmpty()
        ? sorted
        : new Relation.LockRows(sorted, targets, Expressions.conjunction(conditions));
  }
}
