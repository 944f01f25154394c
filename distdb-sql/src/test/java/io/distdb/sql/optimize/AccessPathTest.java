// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import static io.distdb.sql.optimize.Trees.and;
import static io.distdb.sql.optimize.Trees.column;
import static io.distdb.sql.optimize.Trees.compare;
import static io.distdb.sql.optimize.Trees.equal;
import static io.distdb.sql.optimize.Trees.flights;
import static io.distdb.sql.optimize.Trees.number;
import static io.distdb.sql.optimize.Trees.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.PlanText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which access path, order and join method is chosen, read from EXPLAIN. */
class AccessPathTest {
  private final Relation.Scan scan = flights(0);

  private static String explain(Relation relation) {
    List<String> headings = relation.output().stream().map(Variable::name).toList();
    return String.join(
        "\n",
        PlanText.of(
            new Optimizer(table -> 100_000).plan(new BoundStatement.Query(relation, headings)),
            node -> ""));
  }

  private static String filtered(Relation input, Expression predicate) {
    return explain(new Relation.Filter(input, predicate));
  }

  @Test
  void wholePrimaryKeyIsAGet() {
    assertThat(filtered(scan, equal(column(scan, 0), number(7))))
        .startsWith("Index Scan using flights_pkey on flights")
        .contains("Index Cond: (id = 7)")
        .doesNotContain("Filter");
  }

  @Test
  void inListIsAMultiGet() {
    Expression in = new Expression.In(column(scan, 0), List.of(number(1), number(2)));
    assertThat(filtered(scan, in))
        .startsWith("Index Scan using flights_pkey on flights  (cost=10.00 rows=2)")
        .contains("Index Cond: (id IN (1, 2))");
  }

  @Test
  void boundsOnTheKeyAreARange() {
    Expression range =
        and(
            compare(Expression.Comparison.GREATER, column(scan, 0), number(1)),
            compare(Expression.Comparison.LESS_OR_EQUAL, column(scan, 0), number(9)));
    assertThat(filtered(scan, range))
        .startsWith("Index Scan using flights_pkey on flights")
        .contains("Index Cond: ((id > 1) AND (id <= 9))");
  }

  @Test
  void leadingColumnsOfABtreeServeAndTheRestIsFiltered() {
    Expression both = and(equal(column(scan, 1), text("ATL")), equal(column(scan, 3), number(3)));
    assertThat(filtered(scan, both))
        .startsWith("Index Scan using by_route on flights")
        .contains("Index Cond: (origin = 'ATL')")
        .contains("Filter: (count = 3)")
        .contains("next best Seq Scan");
  }

  @Test
  void hashServesEqualityButNoRange() {
    assertThat(filtered(scan, equal(column(scan, 2), text("SFO"))))
        .startsWith("Index Scan using by_destination on flights");
    assertThat(filtered(scan, compare(Expression.Comparison.LESS, column(scan, 2), text("SFO"))))
        .startsWith("Seq Scan on flights");
  }

  @Test
  void widenedColumnStillUsesItsKey() {
    Expression wide =
        equal(
            new Expression.Cast(column(scan, 0), SqlType.BIGINT),
            new Expression.Literal(Value.of(5_000_000_000L), SqlType.BIGINT));
    assertThat(filtered(scan, wide)).startsWith("Index Scan using flights_pkey");
  }

  @Test
  void orderAndLimitComeFromTheKeyBackward() {
    Relation.SortKey key = new Relation.SortKey(scan.output().get(0), true, true);
    Relation top =
        new Relation.Limit(
            new Relation.Sort(scan, List.of(key)),
            Optional.of(new Expression.Literal(Value.of(3L), SqlType.BIGINT)),
            Optional.empty());
    assertThat(explain(top))
        .startsWith("Limit")
        .contains("Index Scan Backward using flights_pkey")
        .contains("gives the order")
        .doesNotContain("Sort");
  }

  private static Relation.SortKey ascending(Relation.Scan scan, int column) {
    return new Relation.SortKey(scan.output().get(column), false, false);
  }

  private static Relation first(Relation input) {
    return new Relation.Limit(
        input, Optional.of(new Expression.Literal(Value.of(1L), SqlType.BIGINT)), Optional.empty());
  }

  @Test
  void columnHeldAtOneValueOrdersNothingAndTheRowKeyComesLast() {
    Relation held = new Relation.Filter(scan, equal(column(scan, 2), text("SFO")));
    List<Relation.SortKey> order =
        List.of(ascending(scan, 1), ascending(scan, 2), ascending(scan, 0), ascending(scan, 3));
    assertThat(explain(first(new Relation.Sort(held, order))))
        .contains("Index Scan using by_route")
        .contains("Filter: (destination = 'SFO')")
        .doesNotContain("Sort");
  }

  @Test
  void columnsOfTheIndexInAnotherOrderNeedASort() {
    List<Relation.SortKey> order = List.of(ascending(scan, 2), ascending(scan, 1));
    assertThat(explain(first(new Relation.Sort(scan, order)))).contains("Sort (top-N)");
  }

  @Test
  void nullsAreARangeOfAnIndex() {
    Expression isNull = new Expression.IsNull(column(scan, 1));
    assertThat(filtered(scan, isNull))
        .startsWith("Index Scan using by_route on flights")
        .contains("Index Cond: (origin IS NULL)");
    Expression both =
        and(
            equal(column(scan, 1), text("ATL")),
            new Expression.Not(new Expression.IsNull(column(scan, 2))));
    assertThat(filtered(scan, both)).contains("Index Scan using by_route on flights");
  }

  @Test
  void groupsOfAnIndexComeOneAfterTheOther() {
    Relation.Aggregate groups =
        new Relation.Aggregate(
            new Relation.Project(
                scan,
                List.of(
                    new Relation.Assignment(new Variable(50, "o", SqlType.TEXT), column(scan, 1)))),
            List.of(new Variable(50, "o", SqlType.TEXT)),
            List.of());
    assertThat(explain(groups))
        .startsWith("GroupAggregate")
        .contains("Group Key: o")
        .contains("Index Only Scan using by_route");
    Relation.Aggregate hashed =
        new Relation.Aggregate(scan, List.of(scan.output().get(3)), List.of());
    assertThat(explain(hashed)).startsWith("HashAggregate").contains("Seq Scan");
  }

  @Test
  void nullsPlacedOtherwiseThanTheIndexNeedASort() {
    Relation.SortKey key = new Relation.SortKey(scan.output().get(1), false, true);
    Relation top =
        new Relation.Limit(
            new Relation.Sort(scan, List.of(key)),
            Optional.of(new Expression.Literal(Value.of(3L), SqlType.BIGINT)),
            Optional.empty());
    assertThat(explain(top)).contains("Sort (top-N)").contains("Sort Key: origin NULLS FIRST");
  }

  @Test
  void fewOuterRowsJoinByIndexManyByHash() {
    Relation.Scan other = flights(10);
    Expression on = equal(column(scan, 3), column(other, 0));
    Relation few = new Relation.Filter(scan, equal(column(scan, 0), number(1)));
    assertThat(explain(new Relation.Join(Relation.JoinKind.INNER, few, other, Optional.of(on))))
        .startsWith("Nested Loop")
        .contains("Index Cond: (count = id)");
    assertThat(explain(new Relation.Join(Relation.JoinKind.INNER, scan, other, Optional.of(on))))
        .startsWith("Hash Join")
        .contains("Hash Cond: (count = id)");
  }
}
