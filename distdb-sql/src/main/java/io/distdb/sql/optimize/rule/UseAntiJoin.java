// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.api.type.Value;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.JoinKind;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Sees that a LEFT join is there to find rows without a partner.
 *
 * <pre>
 * Filter (r.b IS NULL)             Project (l, r := NULL)
 *   Join LEFT (l.b = r.b)    =>      Join ANTI (l.b = r.b)
 *     l                                l
 *     r                                r
 * </pre>
 *
 * Only for a column that is not NULL in a row with a partner: because it never is, or because the
 * condition would not be true.
 */
public final class UseAntiJoin implements Rule {
  @Override
  public Relation apply(Relation relation) {
    if (!(relation instanceof Relation.Filter filter)
        || !(filter.input() instanceof Relation.Join join)
        || join.kind() != JoinKind.LEFT) {
      return relation;
    }
    Set<Variable> values = NotNullColumns.of(join.right());
    List<Expression> rest = new ArrayList<>(Expressions.conjuncts(filter.predicate()));
    boolean found = rest.removeIf(conjunct -> saysNoPartner(conjunct, join, values));
    if (!found) {
      return filter;
    }
    Relation anti = new Relation.Join(JoinKind.ANTI, join.left(), join.right(), join.condition());
    List<Relation.Assignment> assignments = new ArrayList<>();
    for (Variable variable : join.left().output()) {
      assignments.add(new Relation.Assignment(variable, new Expression.Reference(variable)));
    }
    for (Variable variable : join.right().output()) {
      Expression none = new Expression.Literal(Value.NULL, variable.type());
      assignments.add(new Relation.Assignment(variable, none));
    }
    Relation result = new Relation.Project(anti, assignments);
    return Expressions.conjunction(rest)
        .<Relation>map(predicate -> new Relation.Filter(result, predicate))
        .orElse(result);
  }

  private static boolean saysNoPartner(
      Expression conjunct, Relation.Join join, Set<Variable> values) {
    return conjunct instanceof Expression.IsNull test
        && test.operand() instanceof Expression.Reference reference
        && join.right().output().contains(reference.variable())
        && (values.contains(reference.variable())
            || join.condition()
                .map(e -> NullRejection.rejects(e, List.of(reference.variable())))
                .orElse(false));
  }
}
