// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import io.distdb.api.error.Invariant;
import io.distdb.sql.ast.ExplainOptions;
import io.distdb.sql.logical.BoundStatement.ColumnUpdate;
import io.distdb.sql.logical.Expression;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A plan as EXPLAIN (FORMAT JSON) prints it, in PostgreSQL's form. */
public final class PlanJson {
  private final ExplainOptions options;
  private final Function<PhysicalPlan, Optional<NodeRun>> runs;
  private final JsonText json = new JsonText();
  private final Set<Subplan> shown = new HashSet<>();

  private PlanJson(ExplainOptions options, Function<PhysicalPlan, Optional<NodeRun>> runs) {
    this.options = options;
    this.runs = runs;
  }

  /**
   * @param runs what nodes did, where that is known
   */
  public static String of(
      StatementPlan plan,
      ExplainOptions options,
      Function<PhysicalPlan, Optional<NodeRun>> runs,
      PlanSummary summary) {
    PlanJson text = new PlanJson(options, runs);
    JsonText json = text.json;
    json.open('[');
    json.open('{');
    json.open("Plan", '{');
    text.statement(plan);
    json.close('}');
    summary.write(json);
    json.close('}');
    json.close(']');
    return json.toString();
  }

  private void statement(StatementPlan plan) {
    switch (plan) {
      case StatementPlan.Query query -> node(query.root(), Optional.empty(), Optional.empty());
      case StatementPlan.Insert insert ->
          change("Insert", insert.table().name(), insert.source(), List.of());
      case StatementPlan.Update update ->
          change(
              "Update",
              update.target().table().name(),
              update.target().source(),
              update.updates().stream().map(ColumnUpdate::value).toList());
      case StatementPlan.Delete delete ->
          change("Delete", delete.target().table().name(), delete.target().source(), List.of());
      case StatementPlan.CopyIn in -> {
        json.string("Node Type", "Copy");
        json.string("Relation Name", in.copy().table().name());
      }
      case StatementPlan.CopyOut out -> node(out.root(), Optional.empty(), Optional.empty());
      case StatementPlan.WithChanges ignored ->
          throw Invariant.unreachable("changes within WITH are not explained");
    }
  }

  /**
   * @param values what is written
   */
  private void change(String operation, String table, PhysicalPlan input, List<Expression> values) {
    json.string("Node Type", "ModifyTable");
    json.string("Operation", operation);
    json.string("Relation Name", table);
    json.string("Alias", table);
    estimate(input.estimate());
    json.open("Plans", '[');
    Collection<Subplan> subplans = unshown(values);
    subplans(subplans, true);
    member(input, "Outer", Optional.empty());
    subplans(subplans, false);
    json.close(']');
  }

  /** A node among the Plans of another. */
  private void member(PhysicalPlan plan, String relationship, Optional<String> name) {
    json.open('{');
    node(plan, Optional.of(relationship), name);
    json.close('}');
  }

  private void node(PhysicalPlan plan, Optional<String> relationship, Optional<String> name) {
    if (plan instanceof PhysicalPlan.With with) {
      node(with.body(), with.tables(), relationship, name);
    } else {
      node(plan, List.of(), relationship, name);
    }
  }

  /**
   * @param tables of WITH around this node, which come before its inputs
   */
  private void node(
      PhysicalPlan plan,
      List<PhysicalPlan.CommonTable> tables,
      Optional<String> relationship,
      Optional<String> name) {
    json.string("Node Type", PlanProperties.type(plan));
    relationship.ifPresent(value -> json.string("Parent Relationship", value));
    name.ifPresent(value -> json.string("Subplan Name", value));
    for (Map.Entry<String, String> property : PlanProperties.of(plan).entrySet()) {
      json.string(property.getKey(), property.getValue());
    }
    estimate(plan.estimate());
    runs.apply(plan).ifPresent(this::run);
    details(plan);
    Collection<Subplan> subplans = unshown(PlanExpressions.of(plan));
    if (plan.inputs().isEmpty() && tables.isEmpty() && subplans.isEmpty()) {
      return;
    }
    json.open("Plans", '[');
    subplans(subplans, true);
    tables.forEach(table -> member(table.plan(), "InitPlan", Optional.of("CTE " + table.name())));
    inputs(plan);
    subplans(subplans, false);
    json.close(']');
  }

  private void inputs(PhysicalPlan plan) {
    for (int i = 0; i < plan.inputs().size(); i++) {
      String relationship =
          plan instanceof PhysicalPlan.Append ? "Member" : i == 0 ? "Outer" : "Inner";
      member(plan.inputs().get(i), relationship, Optional.empty());
    }
  }

  private void estimate(Estimate estimate) {
    if (options.costs()) {
      json.decimal("Total Cost", estimate.cost(), 2);
      json.whole("Plan Rows", Math.round(estimate.rows()));
    }
  }

  private void run(NodeRun run) {
    if (options.timing()) {
      json.decimal("Actual Startup Time", run.startupMillisPerLoop(), 3);
      json.decimal("Actual Total Time", run.totalMillisPerLoop(), 3);
    }
    json.whole("Actual Rows", run.rowsPerLoop());
    json.whole("Actual Loops", run.loops());
    for (NodeNote.Entry entry : run.note().map(NodeNote::entries).orElse(List.of())) {
      if (entry.value() instanceof Long number) {
        json.whole(entry.key(), number);
      } else {
        json.string(entry.key(), (String) entry.value());
      }
    }
  }

  private void details(PhysicalPlan plan) {
    if (plan instanceof PhysicalPlan.GroupingSets sets) {
      json.open("Grouping Sets", '[');
      for (PlanDetail detail : WindowText.details(sets)) {
        json.open('{');
        json.strings(detail.label() + "s", detail.values());
        json.close('}');
      }
      json.close(']');
      return;
    }
    for (PlanDetail detail : PlanDetail.of(plan)) {
      if (detail.isList()) {
        json.strings(detail.label(), detail.values());
      } else {
        json.string(detail.label(), detail.values().get(0));
      }
    }
  }

  /** The subplans that no node before has. */
  private Collection<Subplan> unshown(List<Expression> expressions) {
    return PlanExpressions.subplans(expressions).stream().filter(shown::add).toList();
  }

  private void subplans(Collection<Subplan> subplans, boolean initial) {
    for (Subplan subplan : subplans) {
      if (subplan.isInitial() == initial) {
        member(subplan.plan(), initial ? "InitPlan" : "SubPlan", Optional.of(subplan.heading()));
      }
    }
  }
}
