// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import io.distdb.sql.logical.TableRules;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.Estimate;
import io.distdb.sql.plan.JoinType;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.plan.StatementPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Each join operator of each type against pairs of rows compared one by one. */
class JoinTypesTest {
  static final Estimate NONE = new Estimate(1, 1);
  static final Variable A = new Variable(0, "a", SqlType.INTEGER);
  static final Variable B = new Variable(1, "b", SqlType.INTEGER);
  static final Variable C = new Variable(2, "c", SqlType.INTEGER);
  static final Variable D = new Variable(3, "d", SqlType.INTEGER);

  static Expression reference(Variable variable) {
    return new Expression.Reference(variable);
  }

  static PhysicalPlan values(List<Variable> output, List<Integer[]> rows) {
    List<List<Expression>> literals = new ArrayList<>();
    for (Integer[] row : rows) {
      List<Expression> cells = new ArrayList<>();
      for (Integer cell : row) {
        Value value = cell == null ? Value.NULL : Value.of(cell.intValue());
        cells.add(new Expression.Literal(value, SqlType.INTEGER));
      }
      literals.add(cells);
    }
    return new PhysicalPlan.Values(output, literals, NONE);
  }

  static List<Integer[]> random(Random random, int size, int range) {
    List<Integer[]> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      rows.add(new Integer[] {cell(random, range), cell(random, range)});
    }
    return rows;
  }

  private static Integer cell(Random random, int range) {
    return random.nextInt(6) == 0 ? null : Integer.valueOf(random.nextInt(range));
  }

  static TableRules.Book noRules() {
    return table -> {
      throw new AssertionError("no tables here");
    };
  }

  /** For plans that read no table. */
  static Execution execution() {
    return execution(new QueryMemory(Long.MAX_VALUE));
  }

  static Execution execution(QueryMemory memory) {
    return new Execution(
        null,
        new Value[0],
        new Cancellation(Scheduler.threads(), Clock.system()),
        null,
        null,
        memory,
        new KeptRuns(),
        CopyStreams.NONE);
  }

  private static List<String> run(PhysicalPlan plan) {
    return run(plan, execution());
  }

  /** The rows, sorted. */
  static List<String> run(PhysicalPlan plan, Execution execution) {
    List<String> headings = plan.output().stream().map(Variable::name).toList();
    Executable.Query query =
        (Executable.Query) PlanCompiler.compile(new StatementPlan.Query(plan, headings), noRules());
    RowSource rows = query.open(execution);
    List<String> found = new ArrayList<>();
    while (rows.next()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < headings.size(); i++) {
        cells.add(rows.isNull(i) ? "NULL" : Long.toString(rows.getLong(i)));
      }
      found.add(cells.toString());
    }
    rows.close();
    Collections.sort(found);
    return found;
  }

  /** What SQL says: the condition is {@code a = c}, and perhaps {@code b < d}. */
  static List<String> expected(
      JoinType type, List<Integer[]> left, List<Integer[]> right, boolean further) {
    List<String> found = new ArrayList<>();
    boolean[] rightMet = new boolean[right.size()];
    for (Integer[] l : left) {
      boolean met = false;
      for (int i = 0; i < right.size(); i++) {
        Integer[] r = right.get(i);
        boolean pair = l[0] != null && l[0].equals(r[0]);
        pair &= !further || l[1] != null && r[1] != null && l[1] < r[1];
        if (pair) {
          met = true;
          rightMet[i] = true;
          if (!type.isExistence()) {
            found.add(text(l, r));
          }
        }
      }
      if (type.isExistence() && met == (type == JoinType.SEMI)) {
        found.add(Arrays.toString(new String[] {text(l[0]), text(l[1])}));
      } else if (type.keepsFirst() && !met) {
        found.add(text(l, new Integer[2]));
      }
    }
    for (int i = 0; type.keepsSecond() && i < rightMet.length; i++) {
      if (!rightMet[i]) {
        found.add(text(new Integer[2], right.get(i)));
      }
    }
    Collections.sort(found);
    return found;
  }

  private static String text(Integer[] left, Integer[] right) {
    return List.of(text(left[0]), text(left[1]), text(right[0]), text(right[1])).toString();
  }

  private static String text(Integer cell) {
    return cell == null ? "NULL" : cell.toString();
  }

  private static void check(
      JoinType type, List<Integer[]> left, List<Integer[]> right, boolean further) {
    PhysicalPlan probe = values(List.of(A, B), left);
    PhysicalPlan build = values(List.of(C, D), right);
    Expression less = new Expression.Compare(Comparison.LESS, reference(B), reference(D));
    Expression equal = new Expression.Compare(Comparison.EQUAL, reference(A), reference(C));
    List<String> expected = expected(type, left, right, further);
    PhysicalPlan hash =
        new PhysicalPlan.HashJoin(
            type,
            probe,
            build,
            List.of(reference(A)),
            List.of(reference(C)),
            further ? Optional.of(less) : Optional.empty(),
            false,
            NONE);
    assertThat(run(hash)).as("hash %s", type).isEqualTo(expected);
    Expression both = further ? new Expression.And(List.of(equal, less)) : equal;
    PhysicalPlan loop =
        new PhysicalPlan.NestedLoopJoin(type, probe, build, Optional.of(both), NONE);
    assertThat(run(loop)).as("nested loop %s", type).isEqualTo(expected);
    if (!type.keepsSecond()) {
      assertThat(run(lateral(type, left, right, further ? less : null)))
          .as("lateral %s", type)
          .isEqualTo(expected);
    }
  }

  /** The equality is within the inner side, which reads the outer row. */
  private static PhysicalPlan lateral(
      JoinType type, List<Integer[]> left, List<Integer[]> right, Expression further) {
    Expression.Correlation a = new Expression.Correlation(0, A);
    PhysicalPlan inner =
        new PhysicalPlan.Filter(
            values(List.of(C, D), right),
            new Expression.Compare(Comparison.EQUAL, a, reference(C)),
            NONE);
    return new PhysicalPlan.LateralJoin(
        type, values(List.of(A, B), left), inner, List.of(a), Optional.ofNullable(further), NONE);
  }

  @Property(tries = 40)
  void everyTypeIsWhatSqlSays(
      @ForAll long seed,
      @ForAll @IntRange(max = 40) int left,
      @ForAll @IntRange(max = 40) int right) {
    Random random = new Random(seed);
    List<Integer[]> lefts = random(random, left, 8);
    List<Integer[]> rights = random(random, right, 8);
    for (JoinType type : JoinType.values()) {
      check(type, lefts, rights, false);
      check(type, lefts, rights, true);
    }
  }

  @Example
  void rowsOfSeveralBatchesAreMatchedAcrossThem() {
    Random random = new Random(7);
    List<Integer[]> lefts = random(random, 2_500, 900);
    List<Integer[]> rights = random(random, 1_500, 900);
    lefts.add(new Integer[] {5, 0});
    for (int i = 0; i < 2_100; i++) {
      rights.add(new Integer[] {5, i == 2_000 ? 1 : null});
    }
    for (JoinType type : JoinType.values()) {
      PhysicalPlan hash =
          new PhysicalPlan.HashJoin(
              type,
              values(List.of(A, B), lefts),
              values(List.of(C, D), rights),
              List.of(reference(A)),
              List.of(reference(C)),
              Optional.of(new Expression.Compare(Comparison.LESS, reference(B), reference(D))),
              false,
              NONE);
      assertThat(run(hash)).as("%s", type).isEqualTo(expected(type, lefts, rights, true));
    }
  }
}
