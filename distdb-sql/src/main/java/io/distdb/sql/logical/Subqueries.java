// SPDX-License-Identifier: MIT
package io.distdb.sql.logical;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Makes subqueries, which know what they refer to around them, and changes them. */
public final class Subqueries {
  private Subqueries() {}

  public static Expression.Exists exists(Relation relation) {
    return new Expression.Exists(relation, List.copyOf(Relations.outer(relation)));
  }

  public static Expression.ScalarSubquery scalar(Relation relation, int field) {
    return new Expression.ScalarSubquery(relation, field, List.copyOf(Relations.outer(relation)));
  }

  public static Expression.AnySubquery any(Relation relation, Expression condition) {
    Set<Variable> outer = new LinkedHashSet<>(Relations.outer(relation));
    Set<Variable> asked = Expressions.references(condition);
    asked.removeAll(relation.output());
    outer.addAll(asked);
    return new Expression.AnySubquery(relation, condition, List.copyOf(outer));
  }

  public static Expression.ArraySubquery array(Relation relation) {
    return new Expression.ArraySubquery(relation, List.copyOf(Relations.outer(relation)));
  }

  /** The same subquery over another relation, whose output is the same. */
  public static Expression with(Expression.Subquery subquery, Relation relation) {
    return switch (subquery) {
      case Expression.Exists ignored -> exists(relation);
      case Expression.ScalarSubquery scalar -> scalar(relation, scalar.field());
      case Expression.AnySubquery any -> any(relation, any.condition());
      case Expression.ArraySubquery ignored -> array(relation);
    };
  }

  /** The relations of the subqueries in {@code expression}; not those within them. */
  public static List<Relation> relations(Expression expression) {
    if (expression instanceof Expression.AnySubquery any) {
      List<Relation> found = new ArrayList<>(relations(any.condition()));
      found.add(any.relation());
      return found;
    }
    if (expression instanceof Expression.Subquery subquery) {
      return List.of(subquery.relation());
    }
    if (Expressions.operands(expression).isEmpty()) {
      return List.of();
    }
    List<Relation> found = new ArrayList<>();
    Expressions.operands(expression).forEach(operand -> found.addAll(relations(operand)));
    return found;
  }

  /** Applies {@code change} to the relations of all subqueries of {@code expression}. */
  public static Expression mapRelations(Expression expression, UnaryOperator<Relation> change) {
    if (expression instanceof Expression.AnySubquery any) {
      Relation relation = change.apply(any.relation());
      Expression condition = mapRelations(any.condition(), change);
      return relation == any.relation() && condition.equals(any.condition())
          ? any
          : any(relation, condition);
    }
    if (expression instanceof Expression.Subquery subquery) {
      Relation relation = change.apply(subquery.relation());
      return relation == subquery.relation() ? subquery : with(subquery, relation);
    }
    return Expressions.operands(expression).isEmpty()
        ? expression
        : Expressions.map(expression, operand -> mapRelations(operand, change));
  }

  static Expression substitute(
      Expression.Subquery subquery, Map<Variable, ? extends Expression> replacements) {
    Relation relation = Relations.substitute(subquery.relation(), replacements);
    return subquery instanceof Expression.AnySubquery any
        ? any(relation, Expressions.substitute(any.condition(), replacements))
        : with(subquery, relation);
  }
}
