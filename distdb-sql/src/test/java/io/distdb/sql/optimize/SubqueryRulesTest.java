// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import static io.distdb.sql.optimize.Trees.and;
import static io.distdb.sql.optimize.Trees.column;
import static io.distdb.sql.optimize.Trees.compare;
import static io.distdb.sql.optimize.Trees.equal;
import static io.distdb.sql.optimize.Trees.flights;
import static io.distdb.sql.optimize.Trees.number;
import static io.distdb.sql.optimize.Trees.plus;
import static io.distdb.sql.optimize.Trees.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.function.AggregateFunction;
import io.distdb.sql.function.ScalarFunction;
import io.distdb.sql.function.Volatility;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.Assignment;
import io.distdb.sql.logical.Relation.JoinKind;
import io.distdb.sql.logical.Subqueries;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.optimize.rule.DecorrelateAggregate;
import io.distdb.sql.optimize.rule.DecorrelateApply;
import io.distdb.sql.optimize.rule.InlineCommonTables;
import io.distdb.sql.optimize.rule.MergeProjects;
import io.distdb.sql.optimize.rule.PruneColumns;
import io.distdb.sql.optimize.rule.PullProjectAboveJoin;
import io.distdb.sql.optimize.rule.PushFilterBelowDistinct;
import io.distdb.sql.optimize.rule.PushFilterBelowJoin;
import io.distdb.sql.optimize.rule.ReduceOuterJoin;
import io.distdb.sql.optimize.rule.UnnestExistence;
import io.distdb.sql.optimize.rule.UseAntiJoin;
import io.distdb.sql.plan.PlanText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Trees before and after the rules about subqueries and outer joins. */
class SubqueryRulesTest {
  private final Relation.Scan outer = flights(0);
  private final Relation.Scan inner = flights(10);
  private final Expression sameId = equal(column(inner, 0), column(outer, 0));
  private final Expression sameOrigin = equal(column(outer, 1), column(inner, 1));

  private static Relation filter(Relation input, Expression predicate) {
    return new Relation.Filter(input, predicate);
  }

  private static Relation join(JoinKind kind, Relation left, Relation right, Expression condition) {
    return new Relation.Join(kind, left, right, Optional.of(condition));
  }

  private static Expression not(Expression operand) {
    return new Expression.Not(operand);
  }

  private static Expression isNull(Expression operand) {
    return new Expression.IsNull(operand);
  }

  private static Relation project(Relation input, Assignment... assignments) {
    return new Relation.Project(input, List.of(assignments));
  }

  private static Variable variable(int id, String name) {
    return new Variable(id, name, SqlType.INTEGER);
  }

  // --- existence ---

  @Test
  void existsBecomesASemiJoin() {
    Expression small = compare(Comparison.LESS, column(inner, 3), number(5));
    Expression exists = Subqueries.exists(filter(inner, and(sameId, small)));
    Expression other = equal(column(outer, 1), text("ATL"));
    assertThat(new UnnestExistence().apply(filter(outer, and(exists, other))))
        .isEqualTo(filter(join(JoinKind.SEMI, outer, filter(inner, small), sameId), other));
  }

  @Test
  void notExistsBecomesAnAntiJoin() {
    Expression exists = Subqueries.exists(filter(inner, sameId));
    assertThat(new UnnestExistence().apply(filter(outer, not(exists))))
        .isEqualTo(join(JoinKind.ANTI, outer, inner, sameId));
  }

  @Test
  void uncorrelatedExistsIsAnsweredOnce() {
    Relation before = filter(outer, Subqueries.exists(inner));
    assertThat(new UnnestExistence().apply(before)).isSameAs(before);
  }

  @Test
  void inBecomesASemiJoin() {
    assertThat(new UnnestExistence().apply(filter(outer, Subqueries.any(inner, sameOrigin))))
        .isEqualTo(join(JoinKind.SEMI, outer, inner, sameOrigin));
  }

  @Test
  void notInBecomesAnAntiJoinOnlyWithoutNulls() {
    Relation nullable = filter(outer, not(Subqueries.any(inner, sameOrigin)));
    assertThat(new UnnestExistence().apply(nullable)).isSameAs(nullable);
    assertThat(new UnnestExistence().apply(filter(outer, not(Subqueries.any(inner, sameId)))))
        .isEqualTo(join(JoinKind.ANTI, outer, inner, sameId));
  }

  @Test
  void correlatedNotInRefusesRowsOfWhichItIsUnknown() {
    Expression none = not(Subqueries.any(filter(inner, sameId), sameOrigin));
    Expression notFalse =
        compare(
            Comparison.DISTINCT_FROM,
            sameOrigin,
            new Expression.Literal(Value.FALSE, SqlType.BOOLEAN));
    assertThat(new UnnestExistence().apply(filter(outer, none)))
        .isEqualTo(join(JoinKind.ANTI, outer, inner, and(sameId, notFalse)));
  }

  @Test
  void referenceAboveALimitKeepsTheSubquery() {
    Relation first =
        new Relation.Limit(
            filter(inner, sameId),
            Optional.of(new Expression.Literal(Value.of(1L), SqlType.BIGINT)),
            Optional.of(new Expression.Literal(Value.of(1L), SqlType.BIGINT)));
    Relation before = filter(outer, Subqueries.exists(first));
    assertThat(new UnnestExistence().apply(before)).isSameAs(before);
  }

  // --- aggregates ---

  private Relation counted(Relation input, Variable count) {
    return new Relation.Aggregate(
        input,
        List.of(),
        List.of(
            new Relation.AggregateCall(
                count,
                new AggregateFunction("count", List.of(), SqlType.BIGINT),
                List.of(),
                false)));
  }

  @Test
  void countOfACorrelatedSubqueryIsGroupedAndZeroOfNoRows() {
    Variable count = new Variable(60, "n", SqlType.BIGINT);
    Expression sameCount = equal(column(inner, 3), column(outer, 3));
    Expression scalar = Subqueries.scalar(counted(filter(inner, sameCount), count), 0);
    Expression zero = new Expression.Literal(Value.of(0L), SqlType.BIGINT);
    Relation after = new DecorrelateAggregate().apply(filter(outer, equal(scalar, zero)));
    Relation.Aggregate groups =
        new Relation.Aggregate(
            inner,
            List.of(inner.output().get(3)),
            ((Relation.Aggregate) counted(inner, count)).calls());
    Expression value =
        new Expression.Coalesce(List.of(new Expression.Reference(count), zero), SqlType.BIGINT);
    Relation.Project top = (Relation.Project) after;
    assertThat(top.output()).isEqualTo(outer.output());
    assertThat(top.input())
        .isEqualTo(filter(join(JoinKind.LEFT, outer, groups, sameCount), equal(value, zero)));
  }

  @Test
  void anIndexOnTheCorrelationKeepsTheSubquery() {
    Variable count = new Variable(60, "n", SqlType.BIGINT);
    Expression scalar = Subqueries.scalar(counted(filter(inner, sameOrigin), count), 0);
    Expression zero = new Expression.Literal(Value.of(0L), SqlType.BIGINT);
    Relation before = filter(outer, equal(scalar, zero));
    assertThat(new DecorrelateAggregate().apply(before)).isSameAs(before);
  }

  // --- FROM ---

  @Test
  void lateralWithFiltersOnlyBecomesAJoin() {
    Relation apply =
        new Relation.Apply(JoinKind.LEFT, outer, filter(inner, sameId), Optional.of(sameOrigin));
    assertThat(new DecorrelateApply().apply(apply))
        .isEqualTo(join(JoinKind.LEFT, outer, inner, and(sameOrigin, sameId)));
    Relation limited =
        new Relation.Limit(filter(inner, sameId), Optional.empty(), Optional.empty());
    Relation kept = new Relation.Apply(JoinKind.CROSS, outer, limited, Optional.empty());
    assertThat(new DecorrelateApply().apply(kept)).isSameAs(kept);
  }

  @Test
  void mergesProjectsUnlessSomethingIsComputedTwice() {
    Variable y = variable(50, "y");
    Variable z = variable(51, "z");
    Relation below = project(outer, new Assignment(y, plus(column(outer, 0), number(1))));
    Expression once = plus(new Expression.Reference(y), number(2));
    assertThat(new MergeProjects().apply(project(below, new Assignment(z, once))))
        .isEqualTo(
            project(outer, new Assignment(z, plus(plus(column(outer, 0), number(1)), number(2)))));
    Expression twice = plus(new Expression.Reference(y), new Expression.Reference(y));
    Relation kept = project(below, new Assignment(z, twice));
    assertThat(new MergeProjects().apply(kept)).isSameAs(kept);
  }

  @Test
  void whatMayHaveEffectsIsComputedThoughNobodyAsks() {
    ScalarFunction random =
        new ScalarFunction("f", List.of(), SqlType.INTEGER, false, Volatility.VOLATILE);
    Variable y = variable(50, "y");
    Relation below =
        project(
            outer,
            new Assignment(outer.output().get(0), column(outer, 0)),
            new Assignment(y, new Expression.Call(random, List.of())));
    Relation above = project(below, new Assignment(outer.output().get(0), column(outer, 0)));
    assertThat(new MergeProjects().apply(above)).isSameAs(above);
    Relation.Project pruned = (Relation.Project) new PruneColumns().apply(above);
    assertThat(pruned.input().output()).contains(y);
  }

  @Test
  void pullsRenamingProjectAboveJoin() {
    Variable x = variable(50, "x");
    Relation renamed = project(inner, new Assignment(x, column(inner, 0)));
    Relation before =
        join(JoinKind.LEFT, outer, renamed, equal(column(outer, 0), new Expression.Reference(x)));
    Relation.Project after = (Relation.Project) new PullProjectAboveJoin().apply(before);
    assertThat(after.output()).isEqualTo(before.output());
    assertThat(after.input())
        .isEqualTo(join(JoinKind.LEFT, outer, inner, equal(column(outer, 0), column(inner, 0))));
    Relation computed = project(inner, new Assignment(x, plus(column(inner, 0), number(1))));
    Relation kept = join(JoinKind.LEFT, outer, computed, sameOrigin);
    assertThat(new PullProjectAboveJoin().apply(kept)).isSameAs(kept);
  }

  @Test
  void pushesFilterBelowDistinctAndSort() {
    Expression one = equal(column(outer, 0), number(1));
    assertThat(new PushFilterBelowDistinct().apply(filter(new Relation.Distinct(outer), one)))
        .isEqualTo(new Relation.Distinct(filter(outer, one)));
  }

  // --- outer joins ---

  @Test
  void filterThatRefusesNullsMakesAnInnerJoin() {
    Expression right = equal(column(inner, 1), text("ATL"));
    assertThat(
            new ReduceOuterJoin().apply(filter(join(JoinKind.LEFT, outer, inner, sameId), right)))
        .isEqualTo(filter(join(JoinKind.INNER, outer, inner, sameId), right));
    Relation kept = filter(join(JoinKind.LEFT, outer, inner, sameId), isNull(column(inner, 1)));
    assertThat(new ReduceOuterJoin().apply(kept)).isSameAs(kept);
  }

  @Test
  void fullJoinKeepsTheSideWhoseNullsAreNotRefused() {
    Relation full = join(JoinKind.FULL, outer, inner, sameId);
    Expression left = equal(column(outer, 1), text("ATL"));
    assertThat(new ReduceOuterJoin().apply(filter(full, left)))
        .isEqualTo(filter(join(JoinKind.LEFT, outer, inner, sameId), left));
    Expression both = equal(column(outer, 1), column(inner, 1));
    assertThat(new ReduceOuterJoin().apply(filter(full, both)))
        .isEqualTo(filter(join(JoinKind.INNER, outer, inner, sameId), both));
  }

  @Test
  void missingPartnerMakesAnAntiJoin() {
    Relation left = join(JoinKind.LEFT, outer, inner, sameOrigin);
    Relation.Project after =
        (Relation.Project) new UseAntiJoin().apply(filter(left, isNull(column(inner, 1))));
    assertThat(after.input()).isEqualTo(join(JoinKind.ANTI, outer, inner, sameOrigin));
    assertThat(after.output()).isEqualTo(left.output());
    Relation kept = filter(left, isNull(column(inner, 3)));
    assertThat(new UseAntiJoin().apply(kept)).isSameAs(kept);
  }

  @Test
  void filtersGoBelowOuterJoinsOnlyWhereNothingChanges() {
    Expression onLeft = equal(column(outer, 1), text("ATL"));
    Expression onRight = isNull(column(inner, 1));
    assertThat(
            new PushFilterBelowJoin()
                .apply(filter(join(JoinKind.LEFT, outer, inner, sameId), and(onLeft, onRight))))
        .isEqualTo(filter(join(JoinKind.LEFT, filter(outer, onLeft), inner, sameId), onRight));
    assertThat(
            new PushFilterBelowJoin()
                .apply(join(JoinKind.LEFT, outer, inner, and(sameId, onLeft, onRight))))
        .isEqualTo(join(JoinKind.LEFT, outer, filter(inner, onRight), and(sameId, onLeft)));
    Relation full = filter(join(JoinKind.FULL, outer, inner, sameId), and(onLeft, onRight));
    assertThat(new PushFilterBelowJoin().apply(full)).isSameAs(full);
  }

  // --- WITH ---

  @Test
  void tableOfWithThatASubqueryReadsIsCounted() {
    Variable id = variable(50, "id");
    Relation scan = new Relation.CommonTableScan(1, false, "c", "c", List.of(id), List.of(0));
    Relation.CommonTable table =
        new Relation.CommonTable(1, "c", Optional.empty(), inner, inner.output());
    Relation with = new Relation.With(List.of(table), filter(outer, Subqueries.exists(scan)));
    assertThat(new InlineCommonTables().apply(with))
        .isEqualTo(
            filter(outer, Subqueries.exists(project(inner, new Assignment(id, column(inner, 0))))));
  }

  // --- plans ---

  private static String explain(Relation relation) {
    List<String> headings = relation.output().stream().map(Variable::name).toList();
    return String.join(
        "\n",
        PlanText.of(
            new Optimizer(table -> 100_000).plan(new BoundStatement.Query(relation, headings)),
            node -> ""));
  }

  @Test
  void explainNamesJoinsAndSubplans() {
    Expression small = equal(column(inner, 3), column(outer, 3));
    assertThat(explain(filter(outer, Subqueries.exists(filter(inner, small)))))
        .startsWith("Hash Semi Join");
    assertThat(explain(filter(outer, not(Subqueries.exists(filter(inner, small))))))
        .startsWith("Hash Anti Join");
    assertThat(explain(join(JoinKind.LEFT, outer, inner, small))).startsWith("Hash Left Join");
    assertThat(explain(join(JoinKind.FULL, outer, inner, small))).startsWith("Hash Full Join");
    assertThat(explain(filter(outer, not(Subqueries.any(inner, sameOrigin)))))
        .contains("Filter: (NOT (ANY hashed SubPlan 1))")
        .contains("\n  SubPlan 1\n    ->  ");
    Expression first =
        Subqueries.scalar(project(inner, new Assignment(variable(50, "x"), column(inner, 3))), 0);
    assertThat(explain(filter(outer, equal(column(outer, 3), first))))
        .contains("Filter: (count = (InitPlan 1))")
        .contains("\n  InitPlan 1\n    ->  ");
  }

  @Test
  void rowsToDeleteAreFoundByAJoin() {
    Expression small = equal(column(inner, 3), column(outer, 3));
    Expression exists = Subqueries.exists(filter(inner, small));
    BoundStatement.Delete delete =
        new BoundStatement.Delete(outer, Optional.empty(), Optional.of(exists), Optional.empty());
    String plan =
        String.join("\n", PlanText.of(new Optimizer(table -> 100_000).plan(delete), node -> ""));
    assertThat(plan).startsWith("Delete on flights").contains("->  Hash Semi Join");
  }

  @Test
  void outerRowsFindTheirPartnersByAnIndex() {
    Relation one = filter(outer, equal(column(outer, 0), number(7)));
    assertThat(explain(filter(one, Subqueries.exists(filter(inner, sameOrigin)))))
        .startsWith("Nested Loop Semi Join")
        .contains("Index Only Scan using by_route");
  }
}
