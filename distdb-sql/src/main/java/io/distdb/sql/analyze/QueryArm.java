// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * A query that others may be combined with.
 *
 * @param columns one for each heading and output variable: a reference to that variable, or a
 *     constant or parameter of unknown type, whose variable is NULL in the meantime
 */
record QueryArm(Relation relation, List<String> headings, List<Operand> columns) {
  QueryArm {
    headings = List.copyOf(headings);
    columns = List.copyOf(columns);
  }

  /** Of a relation whose columns all have types. */
  static QueryArm of(Relation relation, List<OutputColumn> outputs) {
    List<String> headings = new ArrayList<>(outputs.size());
    List<Operand> columns = new ArrayList<>(outputs.size());
    List<Variable> variables = relation.output();
    for (int i = 0; i < outputs.size(); i++) {
      OutputColumn output = outputs.get(i);
      headings.add(output.name());
      columns.add(
          output
              .unknown()
              .orElse(
                  new Operand.Typed(output.span(), new Expression.Reference(variables.get(i)))));
    }
    return new QueryArm(relation, headings, columns);
  }

  BoundStatement.Query statement() {
    return new BoundStatement.Query(relation, headings);
  }

  /** A value of a type, for whoever asks what types meet in. */
  static Operand ofType(Operand column, SqlType type) {
    return new Operand.Typed(column.span(), new Expression.Literal(Value.NULL, type));
  }
}
