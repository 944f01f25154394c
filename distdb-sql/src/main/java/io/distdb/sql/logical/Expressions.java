// SPDX-License-Identifier: MIT
package io.distdb.sql.logical;

import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import io.distdb.sql.function.Volatility;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What many ask of expressions: their parts, their references, the same with other parts. */
public final class Expressions {
  private Expressions() {}

  /**
   * Whether a cast leaves both the order of values and the way they are written in keys as they
   * are, but for the width of numbers.
   */
  public static boolean keepsKey(SqlType from, SqlType to) {
    SqlType bare = from.unmodified();
    return (bare == SqlType.VARCHAR || bare == SqlType.NAME) && to == SqlType.TEXT
        || bare == SqlType.SMALLINT && (to == SqlType.INTEGER || to == SqlType.BIGINT)
        || bare == SqlType.INTEGER && to == SqlType.BIGINT;
  }

  /**
   * Whether this node, operands aside, has the same value in every session and at every time, so
   * that it may be computed when the plan is made.
   */
  public static boolean isImmutable(Expression expression) {
    return switch (expression) {
      case Expression.Call call -> call.function().volatility() == Volatility.IMMUTABLE;
      case Expression.Cast cast -> isImmutable(cast.operand().type(), cast.type());
      default -> true;
    };
  }

  private static boolean isImmutable(SqlType from, SqlType to) {
    if (from instanceof RowType row) {
      return row.fields().stream().allMatch(field -> isImmutable(field.type(), SqlType.TEXT));
    }
    SqlType source = element(from);
    SqlType target = element(to);
    boolean zoned = source == SqlType.TIMESTAMPTZ || target == SqlType.TIMESTAMPTZ;
    boolean read =
        (source == SqlType.TEXT || source == SqlType.VARCHAR || source == SqlType.CHAR)
            && (target == SqlType.DATE || target == SqlType.TIME || target == SqlType.TIMESTAMP);
    return source == target || !zoned && !read && !isReference(target);
  }

  private static boolean isReference(SqlType type) {
    return type instanceof SqlType.Scalar scalar && scalar.isReference();
  }

  private static SqlType element(SqlType type) {
    return type instanceof SqlType.Array array ? element(array.element()) : type.unmodified();
  }

  /** The direct operands, in order; a subquery has none. */
  public static List<Expression> operands(Expression expression) {
    return switch (expression) {
      case Expression.Literal ignored -> List.of();
      case Expression.Parameter ignored -> List.of();
      case Expression.Reference ignored -> List.of();
      case Expression.Call call -> call.arguments();
      case Expression.Cast cast -> List.of(cast.operand());
      case Expression.Compare compare -> List.of(compare.left(), compare.right());
      case Expression.And and -> and.operands();
      case Expression.Or or -> or.operands();
      case Expression.Not not -> List.of(not.operand());
      case Expression.IsNull isNull -> List.of(isNull.operand());
      case Expression.In in -> prepend(in.operand(), in.items());
      case Expression.Case cases -> caseOperands(cases);
      case Expression.Coalesce coalesce -> coalesce.arguments();
      case Expression.Subquery ignored -> List.of();
      case Expression.Correlation ignored -> List.of();
      case Expression.Subplan subplan -> subplan.arguments();
    };
  }

  private static List<Expression> prepend(Expression first, List<Expression> rest) {
    List<Expression> all = new ArrayList<>();
    all.add(first);
    all.addAll(rest);
    return all;
  }

  private static List<Expression> caseOperands(Expression.Case cases) {
    List<Expression> all = new ArrayList<>();
    for (Expression.When when : cases.whens()) {
      all.add(when.condition());
      all.add(when.result());
    }
    cases.otherwise().ifPresent(all::add);
    return all;
  }

  /** The same expression with {@code change} applied to its direct operands. */
  public static Expression map(Expression expression, UnaryOperator<Expression> change) {
    return switch (expression) {
      case Expression.Literal literal -> literal;
      case Expression.Parameter parameter -> parameter;
      case Expression.Reference reference -> reference;
      case Expression.Call call ->
          new Expression.Call(call.function(), mapAll(call.arguments(), change));
      case Expression.Cast cast -> cast.over(change.apply(cast.operand()));
      case Expression.Compare compare ->
          new Expression.Compare(
              compare.comparison(), change.apply(compare.left()), change.apply(compare.right()));
      case Expression.And and -> new Expression.And(mapAll(and.operands(), change));
      case Expression.Or or -> new Expression.Or(mapAll(or.operands(), change));
      case Expression.Not not -> new Expression.Not(change.apply(not.operand()));
      case Expression.IsNull isNull -> new Expression.IsNull(change.apply(isNull.operand()));
      case Expression.In in ->
          new Expression.In(change.apply(in.operand()), mapAll(in.items(), change));
      case Expression.Case cases -> mapCase(cases, change);
      case Expression.Coalesce coalesce ->
          new Expression.Coalesce(mapAll(coalesce.arguments(), change), coalesce.type());
      case Expression.Subquery subquery -> subquery;
      case Expression.Correlation correlation -> correlation;
      case Expression.Subplan subplan ->
          new Expression.Subplan(
              subplan.plan(), mapAll(subplan.arguments(), change), subplan.field(), subplan.type());
    };
  }

  private static Expression mapCase(Expression.Case cases, UnaryOperator<Expression> change) {
    List<Expression.When> whens =
        cases.whens().stream()
            .map(when ->
                new Expression.When(change.apply(when.condition()), change.apply(when.result())))
            .toList();
    Optional<Expression> otherwise = cases.otherwise().map(change);
    return new Expression.Case(whens, otherwise, cases.type());
  }

  private static List<Expression> mapAll(
      List<Expression> expressions, UnaryOperator<Expression> change) {
    return expressions.stream().map(change).toList();
  }

  /**
   * Every variable that it refers to, in order of appearance; of a subquery, those that come from
   * around it.
   */
  public static Set<Variable> references(Expression expression) {
    Set<Variable> found = new LinkedHashSet<>();
    collect(expression, found);
    return found;
  }

  private static void collect(Expression expression, Set<Variable> found) {
    if (expression instanceof Expression.Reference reference) {
      found.add(reference.variable());
    } else if (expression instanceof Expression.Subquery subquery) {
      found.addAll(subquery.outer());
    }
    for (Expression operand : operands(expression)) {
      collect(operand, found);
    }
  }

  /** The same expression with other expressions for some variables, within subqueries too. */
  public static Expression substitute(
      Expression expression, Map<Variable, ? extends Expression> replacements) {
    return switch (expression) {
      case Expression.Reference reference -> {
        Expression replacement = replacements.get(reference.variable());
        yield replacement == null ? reference : replacement;
      }
      case Expression.Subquery subquery ->
          subquery.outer().stream().anyMatch(replacements::containsKey)
              ? Subqueries.substitute(subquery, replacements)
              : subquery;
      default -> map(expression, operand -> substitute(operand, replacements));
    };
  }

  /** Whether a function in it, or in a subquery of it, may have another result each time. */
  public static boolean isVolatile(Expression expression) {
    return expression instanceof Expression.Call call
            && call.function().volatility() == Volatility.VOLATILE
        || operands(expression).stream().anyMatch(Expressions::isVolatile)
        || Subqueries.relations(expression).stream().anyMatch(Relations::isVolatile);
  }

  /** Whether there is a subquery in it, planned or not. */
  public static boolean hasSubquery(Expression expression) {
    return expression instanceof Expression.Subquery
        || expression instanceof Expression.Subplan
        || operands(expression).stream().anyMatch(Expressions::hasSubquery);
  }

  /** The operands of an AND at the top, however nested; else the expression alone. */
  public static List<Expression> conjuncts(Expression expression) {
    List<Expression> all = new ArrayList<>();
    addConjuncts(expression, all);
    return all;
  }

  private static void addConjuncts(Expression expression, List<Expression> all) {
    if (expression instanceof Expression.And and) {
      and.operands().forEach(operand -> addConjuncts(operand, all));
    } else {
      all.add(expression);
    }
  }

  /** All of {@code conjuncts}; absent when there are none. */
  public static Optional<Expression> conjunction(List<Expression> conjuncts) {
    return switch (conjuncts.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(conjuncts.get(0));
      default -> Optional.of(new Expression.And(conjuncts));
    };
  }
}
