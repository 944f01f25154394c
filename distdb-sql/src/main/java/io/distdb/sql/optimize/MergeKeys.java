// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The equalities of a join whose sides are columns, perhaps widened, which can be sorted by and
 * which indexes are ordered by.
 */
record MergeKeys(List<Expression> left, List<Expression> right) {
  /** Nothing when there is none, or one of another form. */
  static Optional<MergeKeys> of(EquiKeys keys) {
    boolean all = !keys.left().isEmpty();
    for (int i = 0; i < keys.left().size(); i++) {
      all &= column(keys.left().get(i)) != null && column(keys.right().get(i)) != null;
    }
    return all ? Optional.of(new MergeKeys(keys.left(), keys.right())) : Optional.empty();
  }

  /** The column whose order is that of {@code key}; null when it is no column. */
  static Variable column(Expression key) {
    Expression bare =
        key instanceof Expression.Cast cast
                && Expressions.keepsKey(cast.operand().type(), cast.type())
            ? cast.operand()
            : key;
    return bare instanceof Expression.Reference reference ? reference.variable() : null;
  }

  static List<Variable> columns(List<Expression> keys) {
    List<Variable> columns = new ArrayList<>();
    keys.forEach(key -> columns.add(column(key)));
    return columns;
  }

  /**
   * The same equalities in the order in which {@code order} begins with one side's columns.
   *
   * @return itself when it does not begin with all of them
   */
  MergeKeys along(List<Variable> order, boolean isLeft) {
    List<Variable> columns = columns(isLeft ? left : right);
    List<Expression> newLeft = new ArrayList<>();
    List<Expression> newRight = new ArrayList<>();
    for (Variable variable : order) {
      int position = columns.indexOf(variable);
      if (position < 0) {
        break;
      }
      newLeft.add(left.get(position));
      newRight.add(right.get(position));
    }
    boolean all = newLeft.size() == left.size() && newLeft.containsAll(left);
    return all ? new MergeKeys(newLeft, newRight) : this;
  }

  /** Whether rows in {@code order} are ordered by these columns. */
  static boolean isOrdered(List<Variable> columns, List<Variable> order) {
    return order.size() >= columns.size() && order.subList(0, columns.size()).equals(columns);
  }
}
