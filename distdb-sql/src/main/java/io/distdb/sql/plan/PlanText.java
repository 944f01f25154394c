// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import io.distdb.api.error.Invariant;
import io.distdb.api.index.Direction;
import io.distdb.sql.logical.BoundStatement.ColumnUpdate;
import io.distdb.sql.logical.Expression;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A plan as EXPLAIN prints it, in PostgreSQL's form. */
public final class PlanText {
  private final boolean costs;
  private final Function<PhysicalPlan, String> actual;
  private final Function<PhysicalPlan, Optional<NodeNote>> notes;
  private final List<String> lines = new ArrayList<>();
  private final Set<Subplan> shown = new HashSet<>();

  /** Stands before every line of what has a heading of its own. */
  private String margin = "";

  private PlanText(
      boolean costs,
      Function<PhysicalPlan, String> actual,
      Function<PhysicalPlan, Optional<NodeNote>> notes) {
    this.costs = costs;
    this.actual = actual;
    this.notes = notes;
  }

  /** With estimates. */
  public static List<String> of(StatementPlan plan, Function<PhysicalPlan, String> actual) {
    return of(plan, true, actual, node -> Optional.empty());
  }

  /**
   * @param costs whether to tell what the optimizer expects of each node
   * @param actual what to add to the line of a node, such as measured rows; may be empty text
   * @param notes what a node says of its run, on a line of its own
   */
  public static List<String> of(
      StatementPlan plan,
      boolean costs,
      Function<PhysicalPlan, String> actual,
      Function<PhysicalPlan, Optional<NodeNote>> notes) {
    PlanText text = new PlanText(costs, actual, notes);
    switch (plan) {
      case StatementPlan.Query query -> text.node(query.root(), 0);
      case StatementPlan.Insert insert ->
          text.change("Insert on " + insert.table().name(), insert.source(), List.of());
      case StatementPlan.Update update ->
          text.change(
              "Update on " + update.target().table().name(),
              update.target().source(),
              update.updates().stream().map(ColumnUpdate::value).toList());
      case StatementPlan.Delete delete ->
          text.change(
              "Delete on " + delete.target().table().name(), delete.target().source(), List.of());
      case StatementPlan.CopyIn in -> text.lines.add("Copy into " + in.copy().table().name());
      case StatementPlan.CopyOut out -> text.node(out.root(), 0);
      case StatementPlan.WithChanges ignored ->
          throw Invariant.unreachable("changes within WITH are not explained");
    }
    return List.copyOf(text.lines);
  }

  /**
   * @param values what is written
   */
  private void change(String title, PhysicalPlan input, List<Expression> values) {
    lines.add(title + estimate(input.estimate()));
    Collection<Subplan> subplans = unshown(values);
    subplans(subplans, true, 0);
    node(input, 1);
    subplans(subplans, false, 0);
  }

  private void node(PhysicalPlan plan, int depth) {
    node(plan, depth, List.of());
  }

  /**
   * @param tables of WITH around this node, which come before its inputs
   */
  private void node(PhysicalPlan plan, int depth, List<PhysicalPlan.CommonTable> tables) {
    if (plan instanceof PhysicalPlan.With with) {
      node(with.body(), depth, with.tables());
      return;
    }
    String indent = margin + "  ".repeat(Math.max(0, depth * 3 - 2));
    String arrow = depth == 0 ? "" : "->  ";
    lines.add(indent + arrow + title(plan) + estimate(plan.estimate()) + actual.apply(plan));
    String detailIndent = indent + (depth == 0 ? "  " : "      ");
    for (PlanDetail detail : PlanDetail.of(plan)) {
      lines.add(detailIndent + detail.text());
    }
    notes.apply(plan).ifPresent(note -> lines.add(detailIndent + note.text()));
    Collection<Subplan> subplans = unshown(PlanExpressions.of(plan));
    subplans(subplans, true, depth);
    for (PhysicalPlan.CommonTable table : tables) {
      headed("CTE " + table.name(), table.plan(), depth);
    }
    for (PhysicalPlan input : plan.inputs()) {
      node(input, depth + 1);
    }
    subplans(subplans, false, depth);
  }

  /** The subplans that no node before has. */
  private Collection<Subplan> unshown(List<Expression> expressions) {
    return PlanExpressions.subplans(expressions).stream().filter(shown::add).toList();
  }

  private void subplans(Collection<Subplan> subplans, boolean initial, int depth) {
    for (Subplan subplan : subplans) {
      if (subplan.isInitial() == initial) {
        headed(subplan.heading(), subplan.plan(), depth);
      }
    }
  }

  /** A plan beside the inputs of a node at {@code depth}. */
  private void headed(String heading, PhysicalPlan plan, int depth) {
    String indent = "  ".repeat(Math.max(0, depth * 3 - 2)) + (depth == 0 ? "  " : "      ");
    lines.add(margin + indent + heading);
    String before = margin;
    margin += "  ";
    node(plan, depth + 1);
    margin = before;
  }

  private String estimate(Estimate estimate) {
    if (!costs) {
      return "";
    }
    return String.format(
        Locale.ROOT, "  (cost=%.2f rows=%d)", estimate.cost(), Math.round(estimate.rows()));
  }

  private static String title(PhysicalPlan plan) {
    return switch (plan) {
      case PhysicalPlan.Scan scan -> scanTitle(scan);
      case PhysicalPlan.Values values -> values.rows().size() == 1 ? "Result" : "Values Scan";
      case PhysicalPlan.Filter ignored -> "Filter";
      case PhysicalPlan.Project ignored -> "Project";
      case PhysicalPlan.HashJoin join -> "Hash" + join.type().word() + " Join";
      case PhysicalPlan.MergeJoin join -> "Merge" + join.type().word() + " Join";
      case PhysicalPlan.IndexJoin join -> loop(join.type());
      case PhysicalPlan.NestedLoopJoin join -> loop(join.type());
      case PhysicalPlan.LateralJoin join -> loop(join.type());
      case PhysicalPlan.HashAggregate aggregate ->
          aggregate.keys().isEmpty() ? "Aggregate" : "HashAggregate";
      case PhysicalPlan.SortedAggregate ignored -> "GroupAggregate";
      case PhysicalPlan.Distinct ignored -> "Unique (hash)";
      case PhysicalPlan.Sort sort -> sort.fetch().isPresent() ? "Sort (top-N)" : "Sort";
      case PhysicalPlan.Limit ignored -> "Limit";
      case PhysicalPlan.GroupingSets sets -> WindowText.title(sets);
      case PhysicalPlan.WindowAgg ignored -> "WindowAgg";
      case PhysicalPlan.Unique ignored -> "Unique";
      case PhysicalPlan.Append ignored -> "Append";
      case PhysicalPlan.HashSetOperation set -> SetText.title(set);
      case PhysicalPlan.With with -> title(with.body());
      case PhysicalPlan.CommonTableScan scan -> SetText.title(scan);
      case PhysicalPlan.FunctionScan scan -> SetText.title(scan);
      case PhysicalPlan.LiveScan scan -> SetText.title(scan);
      case PhysicalPlan.LockRows ignored -> "LockRows";
      case PhysicalPlan.RecursiveUnion ignored -> "Recursive Union";
    };
  }

  private static String loop(JoinType type) {
    return type == JoinType.INNER ? "Nested Loop" : "Nested Loop" + type.word() + " Join";
  }

  private static String scanTitle(PhysicalPlan.Scan scan) {
    String backward = scan.direction() == Direction.BACKWARD ? " Backward" : "";
    String name = scan.table().name();
    String on = scan.alias().equals(name) ? name : name + " " + scan.alias();
    String key = scan.table().primaryKeyName();
    String kind = scan.isIndexOnly() ? "Index Only Scan" : "Index Scan";
    return switch (scan.path()) {
      case AccessPath.Full ignored -> "Seq Scan" + backward + " on " + on;
      case AccessPath.RowGet ignored -> "Index Scan using " + key + " on " + on;
      case AccessPath.RowRange ignored -> "Index Scan" + backward + " using " + key + " on " + on;
      case AccessPath.IndexGet get -> kind + " using " + get.index().name() + " on " + on;
      case AccessPath.IndexRange range ->
          kind + backward + " using " + range.index().name() + " on " + on;
    };
  }
}
