// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Ordering;
import io.distdb.sql.vector.Vector;
import java.util.List;
import java.util.Optional;

/** What the optimizer asks of values that statistics list: their order, conditions over them. */
public final class ValueOrder {
  private static final Value[] NO_PARAMETERS = {};

  private ValueOrder() {}

  /** SQL's order of two values of {@code type}, neither NULL. */
  public static int compare(SqlType type, Value left, Value right) {
    return Ordering.compareValues(left, right, type.unmodified() == SqlType.CHAR);
  }

  /**
   * {@code value} as one of {@code type}: whole numbers have another width there.
   *
   * @return nothing when {@code type} has no such value
   */
  public static Optional<Value> as(SqlType type, Value value) {
    SqlType wanted = type.unmodified();
    long whole;
    switch (value) {
      case Value.SmallintValue v -> whole = v.value();
      case Value.IntegerValue v -> whole = v.value();
      case Value.BigintValue v -> whole = v.value();
      default -> {
        boolean texts = value instanceof Value.TextValue && isText(wanted);
        return texts || wanted.equals(value.type()) ? Optional.of(value) : Optional.empty();
      }
    }
    if (wanted == SqlType.BIGINT) {
      return Optional.of(Value.of(whole));
    }
    if (wanted == SqlType.INTEGER) {
      return whole == (int) whole ? Optional.of(Value.of((int) whole)) : Optional.empty();
    }
    if (wanted == SqlType.SMALLINT) {
      return whole == (short) whole
          ? Optional.of(new Value.SmallintValue((short) whole))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean isText(SqlType type) {
    return type == SqlType.TEXT || type == SqlType.VARCHAR || type == SqlType.CHAR;
  }

  /**
   * For which of {@code values} an immutable condition over one variable, without parameters and
   * subqueries, is true; absent when it fails for one of them.
   */
  public static Optional<boolean[]> holds(
      Expression condition, Variable variable, List<Value> values) {
    Vector column = new Vector(variable.type(), Math.max(1, values.size()));
    for (int i = 0; i < values.size(); i++) {
      column.set(i, values.get(i));
    }
    Batch batch = new Batch(new Vector[] {column});
    batch.setDense(values.size());
    try {
      Program program = ExpressionCompiler.compile(List.of(variable), List.of(condition));
      Vector answers = program.evaluate(0, program.frame(NO_PARAMETERS), batch);
      boolean[] holds = new boolean[values.size()];
      for (int i = 0; i < holds.length; i++) {
        holds[i] = !answers.nulls[i] && answers.longs[i] != 0;
      }
      return Optional.of(holds);
    } catch (DistDbException ofOneValue) {
      return Optional.empty();
    }
  }
}
