// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.time.Clock;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import io.distdb.sql.logical.Relation.Assignment;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.Estimate;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.plan.StatementPlan;
import io.distdb.sql.plan.Subplan;
import io.distdb.sql.plan.Subplan.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Subplans of each form over rows of constants. */
class SubplanTest {
  private static final Estimate NONE = new Estimate(1, 1);
  private static final Variable X = new Variable(0, "x", SqlType.INTEGER);
  private static final Variable Y = new Variable(1, "y", SqlType.INTEGER);
  private static final Variable Z = new Variable(2, "z", SqlType.BOOLEAN);
  private static final Expression.Correlation OUTER_X = new Expression.Correlation(0, X);

  private int ends;

  private static PhysicalPlan rows(Variable variable, Integer... cells) {
    List<List<Expression>> rows =
        Arrays.stream(cells).map(cell -> List.of((Expression) literal(cell))).toList();
    return new PhysicalPlan.Values(List.of(variable), rows, NONE);
  }

  private static Expression.Literal literal(Integer cell) {
    Value value = cell == null ? Value.NULL : Value.of(cell.intValue());
    return new Expression.Literal(value, SqlType.INTEGER);
  }

  private static Expression x() {
    return new Expression.Reference(X);
  }

  private static Expression compare(Comparison how, Expression left, Expression right) {
    return new Expression.Compare(how, left, right);
  }

  /** {@code SELECT subplan(x) FROM rows}, and how often the subplan ran. */
  private List<String> over(PhysicalPlan rows, Subplan subplan, SqlType type) {
    Expression use = new Expression.Subplan(subplan, List.of(x()), 0, type);
    PhysicalPlan plan =
        new PhysicalPlan.Project(
            rows, List.of(new Assignment(new Variable(9, "r", type), use)), NONE);
    NodeObserver observer =
        (node, first, count, nanos) -> ends += node == subplan.plan() && count == 0 ? 1 : 0;
    Executable.Query query =
        (Executable.Query)
            PlanCompiler.compileObserved(
                new StatementPlan.Query(plan, List.of("r")),
                observer,
                Clock.system(),
                JoinTypesTest.noRules());
    RowSource found = query.open(JoinTypesTest.execution());
    List<String> results = new ArrayList<>();
    while (found.next()) {
      results.add(found.isNull(0) ? "NULL" : Long.toString(found.getLong(0)));
    }
    found.close();
    return results;
  }

  private static Subplan subplan(Form form, PhysicalPlan plan) {
    return new Subplan(0, form, List.of(0), List.of(), false, false, plan);
  }

  private static PhysicalPlan equalToX(Integer... cells) {
    return new PhysicalPlan.Filter(
        rows(Y, cells), compare(Comparison.EQUAL, new Expression.Reference(Y), OUTER_X), NONE);
  }

  @Test
  void scalarSubplanGivesItsRowOrNull() {
    assertThat(over(rows(X, 1, 2, null), subplan(Form.SCALAR, equalToX(1, 3)), SqlType.INTEGER))
        .containsExactly("1", "NULL", "NULL");
  }

  @Test
  void secondRowOfScalarSubplanIsAnError() {
    Subplan twice = subplan(Form.SCALAR, equalToX(1, 1));
    assertThatThrownBy(() -> over(rows(X, 1), twice, SqlType.INTEGER))
        .hasMessage("more than one row returned by a subquery used as an expression");
  }

  @Test
  void equalOuterValuesRunASubplanOnce() {
    Integer[] many = Stream.generate(() -> 7).limit(3_000).toArray(Integer[]::new);
    many[1_500] = 8;
    List<String> results = over(rows(X, many), subplan(Form.SCALAR, equalToX(7)), SqlType.INTEGER);
    assertThat(results).hasSize(3_000).containsOnly("7", "NULL");
    assertThat(ends).isEqualTo(2);
  }

  @Test
  void volatileSubplanRunsForEachRow() {
    Subplan each = new Subplan(0, Form.SCALAR, List.of(0), List.of(), true, false, equalToX(7));
    over(rows(X, 7, 7, 7), each, SqlType.INTEGER);
    assertThat(ends).isEqualTo(3);
  }

  @Test
  void existsSubplanTellsWhetherThereIsARow() {
    assertThat(over(rows(X, 1, 2, null), subplan(Form.EXISTS, equalToX(1, 1)), SqlType.BOOLEAN))
        .containsExactly("1", "0", "0");
  }

  @Test
  void anySubplanIsThreeValued() {
    Expression less = compare(Comparison.LESS, new Expression.Reference(Y), OUTER_X);
    PhysicalPlan some =
        new PhysicalPlan.Project(rows(Y, 5, null), List.of(new Assignment(Z, less)), NONE);
    assertThat(over(rows(X, 6, 5, null), subplan(Form.ANY, some), SqlType.BOOLEAN))
        .containsExactly("1", "NULL", "NULL");
    PhysicalPlan none = new PhysicalPlan.Project(rows(Y), List.of(new Assignment(Z, less)), NONE);
    assertThat(over(rows(X, 6, null), subplan(Form.ANY, none), SqlType.BOOLEAN))
        .containsExactly("0", "0");
  }

  @Test
  void hashedInIsThreeValued() {
    assertThat(in(rows(Y, 1, 2))).containsExactly("1", "0", "NULL");
    assertThat(in(rows(Y, 1, null))).containsExactly("1", "NULL", "NULL");
    assertThat(in(rows(Y))).containsExactly("0", "0", "0");
  }

  private List<String> in(PhysicalPlan plan) {
    Subplan hashed = new Subplan(0, Form.HASHED_ANY, List.of(), List.of(), false, false, plan);
    return over(rows(X, 1, 9, null), hashed, SqlType.BOOLEAN);
  }
}
