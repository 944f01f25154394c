// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import static io.distdb.sql.optimize.Trees.and;
import static io.distdb.sql.optimize.Trees.column;
import static io.distdb.sql.optimize.Trees.divided;
import static io.distdb.sql.optimize.Trees.equal;
import static io.distdb.sql.optimize.Trees.flights;
import static io.distdb.sql.optimize.Trees.number;
import static io.distdb.sql.optimize.Trees.plus;
import static io.distdb.sql.optimize.Trees.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.function.AggregateFunction;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.optimize.rule.FoldConstants;
import io.distdb.sql.optimize.rule.MergeFilters;
import io.distdb.sql.optimize.rule.PruneColumns;
import io.distdb.sql.optimize.rule.PushFilterBelowAggregate;
import io.distdb.sql.optimize.rule.PushFilterBelowJoin;
import io.distdb.sql.optimize.rule.PushFilterBelowProject;
import io.distdb.sql.optimize.rule.RemoveIdentityProject;
import io.distdb.sql.optimize.rule.RemoveRepeatedDistinct;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each rule's tree before and after. */
class RulesTest {
  private final Relation.Scan scan = flights(0);
  private final Relation.Scan other = flights(10);

  private static Relation filter(Relation input, Expression predicate) {
    return new Relation.Filter(input, predicate);
  }

  @Test
  void foldsConstantsButNotErrors() {
    Expression truth = new Expression.Literal(Value.TRUE, SqlType.BOOLEAN);
    Relation before = filter(scan, and(equal(column(scan, 0), plus(number(1), number(2))), truth));
    assertThat(new FoldConstants().apply(before))
        .isEqualTo(filter(scan, equal(column(scan, 0), number(3))));
    Relation failing = filter(scan, equal(column(scan, 0), divided(number(1), number(0))));
    assertThat(new FoldConstants().apply(failing)).isSameAs(failing);
  }

  @Test
  void mergesFilters() {
    Expression a = equal(column(scan, 0), number(1));
    Expression b = equal(column(scan, 3), number(2));
    assertThat(new MergeFilters().apply(filter(filter(scan, a), b)))
        .isEqualTo(filter(scan, and(a, b)));
  }

  @Test
  void pushesFilterBelowProjectWhereColumnsArePassedOn() {
    Variable renamed = new Variable(50, "x", SqlType.INTEGER);
    Variable computed = new Variable(51, "y", SqlType.INTEGER);
    List<Relation.Assignment> assignments =
        List.of(
            new Relation.Assignment(renamed, column(scan, 0)),
            new Relation.Assignment(computed, plus(column(scan, 3), number(1))));
    Relation project = new Relation.Project(scan, assignments);
    Expression onRenamed = equal(new Expression.Reference(renamed), number(1));
    Expression onComputed = equal(new Expression.Reference(computed), number(2));
    assertThat(new PushFilterBelowProject().apply(filter(project, and(onRenamed, onComputed))))
        .isEqualTo(
            filter(
                new Relation.Project(filter(scan, equal(column(scan, 0), number(1))), assignments),
                onComputed));
  }

  @Test
  void pushesFilterBelowJoinToItsSides() {
    Expression left = equal(column(scan, 1), text("ATL"));
    Expression right = equal(column(other, 1), text("SFO"));
    Expression both = equal(column(scan, 0), column(other, 0));
    Relation cross = new Relation.Join(Relation.JoinKind.CROSS, scan, other, Optional.empty());
    assertThat(new PushFilterBelowJoin().apply(filter(cross, and(left, both, right))))
        .isEqualTo(
            new Relation.Join(
                Relation.JoinKind.INNER,
                filter(scan, left),
                filter(other, right),
                Optional.of(both)));
  }

  @Test
  void pushesFilterBelowAggregateOnKeysOnly() {
    Variable count = new Variable(60, "n", SqlType.BIGINT);
    Relation.AggregateCall call =
        new Relation.AggregateCall(
            count, new AggregateFunction("count", List.of(), SqlType.BIGINT), List.of(), false);
    List<Variable> keys = List.of(scan.output().get(1));
    Expression onKey = equal(column(scan, 1), text("ATL"));
    Expression onCount =
        equal(
            new Expression.Reference(count), new Expression.Literal(Value.of(2L), SqlType.BIGINT));
    Relation grouped = new Relation.Aggregate(scan, keys, List.of(call));
    assertThat(new PushFilterBelowAggregate().apply(filter(grouped, and(onKey, onCount))))
        .isEqualTo(
            filter(new Relation.Aggregate(filter(scan, onKey), keys, List.of(call)), onCount));
    Expression never = new Expression.Literal(Value.FALSE, SqlType.BOOLEAN);
    Relation oneGroup = filter(new Relation.Aggregate(scan, List.of(), List.of(call)), never);
    assertThat(new PushFilterBelowAggregate().apply(oneGroup)).isSameAs(oneGroup);
  }

  @Test
  void removesIdentityProject() {
    List<Relation.Assignment> same =
        scan.output().stream()
            .map(v -> new Relation.Assignment(v, new Expression.Reference(v)))
            .toList();
    assertThat(new RemoveIdentityProject().apply(new Relation.Project(scan, same))).isEqualTo(scan);
    Relation fewer = new Relation.Project(scan, same.subList(0, 2));
    assertThat(new RemoveIdentityProject().apply(fewer)).isSameAs(fewer);
  }

  @Test
  void removesRepeatedDistinct() {
    RemoveRepeatedDistinct rule = new RemoveRepeatedDistinct();
    Relation distinct = new Relation.Distinct(scan);
    Relation grouped = new Relation.Aggregate(scan, List.of(scan.output().get(1)), List.of());
    assertThat(rule.apply(new Relation.Distinct(distinct))).isSameAs(distinct);
    assertThat(rule.apply(new Relation.Distinct(grouped))).isSameAs(grouped);
    assertThat(rule.apply(distinct)).isSameAs(distinct);
  }

  @Test
  void prunesColumns() {
    Variable origin = scan.output().get(1);
    Relation tree =
        new Relation.Project(
            filter(scan, equal(column(scan, 3), number(1))),
            List.of(new Relation.Assignment(origin, column(scan, 1))));
    Relation.Project pruned = (Relation.Project) new PruneColumns().apply(tree);
    Relation.Scan narrow = (Relation.Scan) ((Relation.Filter) pruned.input()).input();
    assertThat(narrow.ordinals()).containsExactly(1, 3);
    assertThat(pruned.output()).isEqualTo(tree.output());
  }
}
