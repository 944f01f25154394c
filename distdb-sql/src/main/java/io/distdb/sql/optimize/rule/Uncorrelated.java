// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.JoinKind;
import io.distdb.sql.logical.Relations;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A subquery's relation without references to the queries around it, and the conditions that had
 * them, pulled up from its filters and inner joins: its rows for a given outer row are those of
 * {@code relation} for which {@code conditions} hold.
 *
 * @param relation may have more columns than the subquery's: what the conditions ask
 */
record Uncorrelated(Relation relation, List<Expression> conditions) {
  Uncorrelated {
    conditions = List.copyOf(conditions);
  }

  /**
   * @param bag whether it matters how often a row comes
   * @return nothing when a reference is where it cannot be pulled from
   */
  static Optional<Uncorrelated> of(Relation relation, boolean bag) {
    return Optional.ofNullable(new Pull(bag).pull(relation));
  }

  private record Pull(boolean bag) {
    Uncorrelated pull(Relation relation) {
      if (Relations.outer(relation).isEmpty()) {
        return new Uncorrelated(relation, List.of());
      }
      return switch (relation) {
        case Relation.Filter filter -> filter(filter);
        case Relation.Project project -> project(project);
        case Relation.Join join -> join(join);
        case Relation.Sort sort -> pull(sort.input());
        case Relation.Distinct distinct when !bag -> pull(distinct.input());
        default -> null;
      };
    }

    private Uncorrelated filter(Relation.Filter filter) {
      Uncorrelated input = pull(filter.input());
      if (input == null) {
        return null;
      }
      List<Expression> own = new ArrayList<>();
      List<Expression> pulled = new ArrayList<>(input.conditions);
      split(filter.predicate(), filter.input().output(), own, pulled);
      return new Uncorrelated(filtered(input.relation, own), pulled);
    }

    private Uncorrelated project(Relation.Project project) {
      Uncorrelated input = pull(project.input());
      Set<Variable> below = new HashSet<>(project.input().output());
      boolean plain =
          project.assignments().stream()
              .allMatch(a -> below.containsAll(Expressions.references(a.expression())));
      if (input == null || !plain) {
        return null;
      }
      List<Relation.Assignment> assignments = new ArrayList<>(project.assignments());
      Set<Variable> given = new HashSet<>(project.output());
      for (Expression condition : input.conditions) {
        for (Variable variable : Expressions.references(condition)) {
          if (input.relation.output().contains(variable) && given.add(variable)) {
            assignments.add(new Relation.Assignment(variable, new Expression.Reference(variable)));
          }
        }
      }
      return new Uncorrelated(new Relation.Project(input.relation, assignments), input.conditions);
    }

    private Uncorrelated join(Relation.Join join) {
      Uncorrelated left = pull(join.left());
      if (left == null) {
        return null;
      }
      if (!join.kind().isInner()) {
        return keepsLeft(join, left);
      }
      Uncorrelated right = pull(join.right());
      if (right == null) {
        return null;
      }
      List<Expression> own = new ArrayList<>();
      List<Expression> pulled = new ArrayList<>(left.conditions);
      pulled.addAll(right.conditions);
      join.condition().ifPresent(e -> split(e, join.output(), own, pulled));
      Optional<Expression> condition = Expressions.conjunction(own);
      JoinKind kind = condition.isPresent() ? JoinKind.INNER : JoinKind.CROSS;
      return new Uncorrelated(
          new Relation.Join(kind, left.relation, right.relation, condition), pulled);
    }

    /** What is said of left rows alone may be said after the join. */
    private static Uncorrelated keepsLeft(Relation.Join join, Uncorrelated left) {
      Set<Variable> both = new HashSet<>(join.left().output());
      both.addAll(join.right().output());
      boolean plain =
          join.kind() != JoinKind.FULL
              && Relations.outer(join.right()).isEmpty()
              && join.condition()
                  .map(e -> both.containsAll(Expressions.references(e)))
                  .orElse(true);
      return plain
          ? new Uncorrelated(
              new Relation.Join(join.kind(), left.relation, join.right(), join.condition()),
              left.conditions)
          : null;
    }

    private static void split(
        Expression condition,
        List<Variable> columns,
        List<Expression> own,
        List<Expression> pulled) {
      for (Expression conjunct : Expressions.conjuncts(condition)) {
        boolean isOwn = columns.containsAll(Expressions.references(conjunct));
        (isOwn ? own : pulled).add(conjunct);
      }
    }

    private static Relation filtered(Relation input, List<Expression> conjuncts) {
      return Expressions.conjunction(conjuncts)
          .<Relation>map(predicate -> new Relation.Filter(input, predicate))
          .orElse(input);
    }
  }

  /** Whether some condition asks something of {@code columns}. */
  boolean asks(List<Variable> columns) {
    return conditions.stream()
        .anyMatch(e -> !Collections.disjoint(Expressions.references(e), columns));
  }
}
