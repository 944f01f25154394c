// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.function.ScalarFunction;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Kernels over batches against a plain interpreter of one row, on generated expressions. */
class KernelTest {
  private static final Variable A = new Variable(0, "a", SqlType.INTEGER);
  private static final Variable B = new Variable(1, "b", SqlType.INTEGER);
  private static final Variable P = new Variable(2, "p", SqlType.BOOLEAN);
  private static final List<Variable> LAYOUT = List.of(A, B, P);

  /** A row; null is NULL. */
  record Row(Integer a, Integer b, Boolean p) {}

  @Provide
  Arbitrary<List<Row>> rows() {
    Arbitrary<Integer> numbers =
        Arbitraries.oneOf(
                Arbitraries.integers().between(-3, 3),
                Arbitraries.of(Integer.MAX_VALUE, Integer.MIN_VALUE))
            .injectNull(0.2);
    return Combinators.combine(numbers, numbers, Arbitraries.of(true, false).injectNull(0.2))
        .as(Row::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }

  @Provide
  Arbitrary<Expression> booleans() {
    return condition(3);
  }

  private static Arbitrary<Expression> condition(int depth) {
    Arbitrary<Expression> leaf =
        Arbitraries.of(new Expression.Reference(P), literal(true), literal(false), nothing());
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Expression> below = Arbitraries.lazy(() -> condition(depth - 1));
    Arbitrary<Expression> numbers = Arbitraries.lazy(() -> number(depth - 1));
    return Arbitraries.oneOf(
        leaf,
        below.list().ofMinSize(2).ofMaxSize(3).map(Expression.And::new),
        below.list().ofMinSize(2).ofMaxSize(3).map(Expression.Or::new),
        below.map(Expression.Not::new),
        numbers.map(Expression.IsNull::new),
        Combinators.combine(Arbitraries.of(Expression.Comparison.values()), numbers, numbers)
            .as(Expression.Compare::new),
        Combinators.combine(numbers, numbers.list().ofMinSize(1).ofMaxSize(3))
            .as(Expression.In::new),
        Combinators.combine(numbers, Arbitraries.integers().between(-5, 5).list().ofSize(12))
            .as((operand, items) ->
                new Expression.In(
                    operand,
                    items.stream().map(i -> i == 5 ? nothingNumber() : literal(i)).toList())));
  }

  private static Arbitrary<Expression> number(int depth) {
    Arbitrary<Expression> leaf =
        Arbitraries.of(
            new Expression.Reference(A),
            new Expression.Reference(B),
            literal(0),
            literal(2),
            nothingNumber());
    if (depth <= 0) {
      return leaf;
    }
    Arbitrary<Expression> below = Arbitraries.lazy(() -> number(depth - 1));
    Arbitrary<Expression> conditions = Arbitraries.lazy(() -> condition(depth - 1));
    return Arbitraries.oneOf(
        leaf,
        Combinators.combine(Arbitraries.of("+", "-", "*", "/", "%"), below, below)
            .as(KernelTest::call),
        Combinators.combine(conditions, below, below)
            .as((when, then, otherwise) ->
                new Expression.Case(
                    List.of(new Expression.When(when, then)),
                    Optional.of(otherwise),
                    SqlType.INTEGER)),
        below
            .list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(arguments -> new Expression.Coalesce(arguments, SqlType.INTEGER)));
  }

  private static Expression call(String symbol, Expression left, Expression right) {
    return new Expression.Call(
        new ScalarFunction(
            symbol, List.of(SqlType.INTEGER, SqlType.INTEGER), SqlType.INTEGER, true),
        List.of(left, right));
  }

  private static Expression literal(boolean value) {
    return new Expression.Literal(Value.of(value), SqlType.BOOLEAN);
  }

  private static Expression literal(int value) {
    return new Expression.Literal(Value.of(value), SqlType.INTEGER);
  }

  private static Expression nothing() {
    return new Expression.Literal(Value.NULL, SqlType.BOOLEAN);
  }

  private static Expression nothingNumber() {
    return new Expression.Literal(Value.NULL, SqlType.INTEGER);
  }

  @Property(tries = 3_000)
  void batchesAgreeWithARowAtATime(
      @ForAll("booleans") Expression expression, @ForAll("rows") List<Row> rows) {
    List<Object> expected = new ArrayList<>();
    boolean fails = false;
    for (Row row : rows) {
      try {
        expected.add(NaiveInterpreter.evaluate(expression, row));
      } catch (ArithmeticException error) {
        fails = true;
      }
    }
    Batch batch = batch(rows);
    Program program = ExpressionCompiler.compile(LAYOUT, List.of(expression));
    try {
      Vector result = program.evaluate(0, program.frame(new Value[0]), batch);
      assertThat(fails).as("an error was expected").isFalse();
      List<Object> actual = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        actual.add(result.nulls[i] ? null : (Object) (result.longs[i] != 0));
      }
      assertThat(actual).isEqualTo(expected);
    } catch (DistDbException error) {
      assertThat(fails).as(error.toString()).isTrue();
      assertThat(error.sqlState()).isIn("22003", "22012");
    }
  }

  private static Batch batch(List<Row> rows) {
    Vector[] columns = new Vector[3];
    for (int i = 0; i < 3; i++) {
      columns[i] = new Vector(LAYOUT.get(i).type(), rows.size());
    }
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      columns[0].set(i, row.a() == null ? Value.NULL : Value.of(row.a().intValue()));
      columns[1].set(i, row.b() == null ? Value.NULL : Value.of(row.b().intValue()));
      columns[2].set(i, row.p() == null ? Value.NULL : Value.of(row.p().booleanValue()));
    }
    Batch batch = new Batch(columns);
    batch.setDense(rows.size());
    return batch;
  }
}
