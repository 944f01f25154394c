// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import static io.distdb.sql.optimize.Trees.and;
import static io.distdb.sql.optimize.Trees.column;
import static io.distdb.sql.optimize.Trees.equal;
import static io.distdb.sql.optimize.Trees.flights;
import static io.distdb.sql.optimize.Trees.number;
import static io.distdb.sql.optimize.Trees.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.function.ScalarFunction;
import io.distdb.sql.function.Volatility;
import io.distdb.sql.function.WindowFunction;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.optimize.rule.InlineCommonTables;
import io.distdb.sql.optimize.rule.PruneColumns;
import io.distdb.sql.optimize.rule.PushFilterBelowUnion;
import io.distdb.sql.optimize.rule.PushFilterBelowWindow;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Trees before and after, of the rules about WITH, set operations and windows. */
class SetRulesTest {
  private final Relation.Scan scan = flights(0);
  private final Relation.Scan other = flights(10);
  private final Variable x = new Variable(50, "x", SqlType.TEXT);
  private final Variable y = new Variable(51, "y", SqlType.TEXT);

  private static Relation filter(Relation input, Expression predicate) {
    return new Relation.Filter(input, predicate);
  }

  private Relation.CommonTable table(Relation definition, Boolean materialized) {
    return new Relation.CommonTable(
        7,
        "c",
        Optional.ofNullable(materialized),
        definition,
        List.of(scan.output().get(1), scan.output().get(2)));
  }

  private Relation read(Variable output, int ordinal) {
    return new Relation.CommonTableScan(7, false, "c", "c", List.of(output), List.of(ordinal));
  }

  @Test
  void inlinesTableThatIsReadOnce() {
    Relation with = new Relation.With(List.of(table(scan, null)), read(x, 1));
    assertThat(new InlineCommonTables().apply(with))
        .isEqualTo(
            new Relation.Project(scan, List.of(new Relation.Assignment(x, column(scan, 2)))));
  }

  @Test
  void keepsTableThatIsReadTwiceOrSaidToBeMaterializedOrVolatile() {
    Relation both =
        new Relation.Join(Relation.JoinKind.CROSS, read(x, 0), read(y, 1), Optional.empty());
    Relation twice = new Relation.With(List.of(table(scan, null)), both);
    assertThat(new InlineCommonTables().apply(twice)).isSameAs(twice);
    Relation written = new Relation.With(List.of(table(scan, true)), read(x, 0));
    assertThat(new InlineCommonTables().apply(written)).isSameAs(written);
    Expression random =
        new Expression.Call(
            new ScalarFunction("flip", List.of(), SqlType.BOOLEAN, false, Volatility.VOLATILE),
            List.of());
    Relation flips = new Relation.With(List.of(table(filter(scan, random), null)), read(x, 0));
    assertThat(new InlineCommonTables().apply(flips)).isSameAs(flips);
  }

  @Test
  void dropsTableThatNobodyReads() {
    Relation with = new Relation.With(List.of(table(scan, true)), other);
    assertThat(new InlineCommonTables().apply(with)).isEqualTo(other);
  }

  private Relation union() {
    return new Relation.Union(
        List.of(scan, other),
        List.of(
            List.of(scan.output().get(1), scan.output().get(2)),
            List.of(other.output().get(2), other.output().get(1))),
        List.of(x, y));
  }

  @Test
  void filtersInputsOfUnion() {
    Expression onX = equal(new Expression.Reference(x), text("ATL"));
    Relation pushed =
        new Relation.Union(
            List.of(
                filter(scan, equal(column(scan, 1), text("ATL"))),
                filter(other, equal(column(other, 2), text("ATL")))),
            ((Relation.Union) union()).columns(),
            List.of(x, y));
    assertThat(new PushFilterBelowUnion().apply(filter(union(), onX))).isEqualTo(pushed);
    assertThat(new PushFilterBelowUnion().apply(filter(new Relation.Distinct(union()), onX)))
        .isEqualTo(new Relation.Distinct(pushed));
  }

  @Test
  void prunesInputsOfUnionAlike() {
    Relation.Project root =
        new Relation.Project(
            union(), List.of(new Relation.Assignment(y, new Expression.Reference(y))));
    Relation.Project pruned = (Relation.Project) new PruneColumns().apply(root);
    Relation.Union narrow = (Relation.Union) pruned.input();
    assertThat(narrow.output()).containsExactly(y);
    assertThat(((Relation.Scan) narrow.inputs().get(0)).ordinals()).containsExactly(2);
    assertThat(((Relation.Scan) narrow.inputs().get(1)).ordinals()).containsExactly(1);
  }

  @Test
  void filtersWholePartitionsBelowWindow() {
    Variable rank = new Variable(60, "rank", SqlType.BIGINT);
    Relation.WindowCall call =
        new Relation.WindowCall(
            rank,
            new WindowFunction(WindowFunction.Kind.RANK, List.of(), SqlType.BIGINT),
            List.of(),
            Optional.empty(),
            Relation.Frame.DEFAULT);
    List<Variable> partition = List.of(scan.output().get(1));
    List<Relation.SortKey> order =
        List.of(new Relation.SortKey(scan.output().get(3), false, false));
    Relation window = new Relation.Window(scan, partition, order, List.of(call));
    Expression onPartition = equal(column(scan, 1), text("ATL"));
    Expression onRank =
        equal(new Expression.Reference(rank), new Expression.Literal(Value.of(1L), SqlType.BIGINT));
    Expression onOther = equal(column(scan, 0), number(1));
    assertThat(new PushFilterBelowWindow().apply(filter(window, and(onPartition, onRank, onOther))))
        .isEqualTo(
            filter(
                new Relation.Window(filter(scan, onPartition), partition, order, List.of(call)),
                and(onRank, onOther)));
  }
}
