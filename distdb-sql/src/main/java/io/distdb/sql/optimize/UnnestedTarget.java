// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.api.type.SqlType;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.Assignment;
import io.distdb.sql.logical.Relations;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Finds the rows of an UPDATE or DELETE by a join, where the rules make one of its condition.
 *
 * <pre>
 * Delete on t                             Delete on t
 *   Scan t, for which EXISTS (u)    =>      Hash Semi Join, of which the keys of t come out
 *                                             t
 *                                             u
 * </pre>
 *
 * @param source the keys of the rows
 * @param keys how many columns a key has
 */
record UnnestedTarget(Relation source, int keys) {
  /** Apart from every variable of the statement. */
  private static final Variable ROW_ID = new Variable(Integer.MIN_VALUE, "rowid", SqlType.BIGINT);

  /** Nothing when the condition is checked row by row anyway. */
  static Optional<UnnestedTarget> of(
      Relation.Scan target, Expression where, UnaryOperator<Relation> rewrite) {
    if (!Expressions.hasSubquery(where)) {
      return Optional.empty();
    }
    List<Variable> key = new ArrayList<>();
    Relation.Scan scan = target;
    if (target.table().hasRowId()) {
      key.add(ROW_ID);
      scan = withRowId(target);
    } else {
      target.table().primaryKey().forEach(ordinal -> key.add(target.output().get(ordinal)));
    }
    List<Assignment> columns = new ArrayList<>(key.size());
    key.forEach(
        variable -> columns.add(new Assignment(variable, new Expression.Reference(variable))));
    Relation source = new Relation.Project(new Relation.Filter(scan, where), columns);
    return hasJoin(rewrite.apply(source))
        ? Optional.of(new UnnestedTarget(source, key.size()))
        : Optional.empty();
  }

  private static Relation.Scan withRowId(Relation.Scan scan) {
    List<Variable> output = new ArrayList<>(scan.output());
    List<Integer> ordinals = new ArrayList<>(scan.ordinals());
    output.add(ROW_ID);
    ordinals.add(Relation.Scan.ROW_ID);
    return new Relation.Scan(scan.table(), scan.alias(), output, ordinals);
  }

  private static boolean hasJoin(Relation relation) {
    return relation instanceof Relation.Join
        || Relations.inputs(relation).stream().anyMatch(UnnestedTarget::hasJoin);
  }
}
