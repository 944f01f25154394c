// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.Value;
import io.distdb.sql.function.TypeOutput;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A bound statement as indented text, for tests to compare. */
final class TreeText {
  private final StringBuilder out = new StringBuilder();

  private final List<Value> parameters;

  private TreeText(List<Value> parameters) {
    this.parameters = parameters;
  }

  static String of(BoundStatement statement) {
    return of(statement, List.of());
  }

  /** With values in the place of the first parameters. */
  static String of(BoundStatement statement, List<Value> parameters) {
    TreeText text = new TreeText(parameters);
    text.statement(statement);
    return text.out.toString();
  }

  private void statement(BoundStatement statement) {
    switch (statement) {
      case BoundStatement.Query query -> {
        line(0, "Query " + query.headings());
        relation(1, query.relation());
      }
      case BoundStatement.Insert insert -> {
        line(0, "Insert " + insert.table().name());
        relation(1, insert.source());
      }
      case BoundStatement.Update update -> {
        line(0, "Update " + update.target().alias() + where(update.predicate()));
        update
            .updates()
            .forEach(item -> line(1, "#" + item.ordinal() + " := " + expression(item.value())));
      }
      case BoundStatement.Delete delete ->
          line(0, "Delete " + delete.target().alias() + where(delete.predicate()));
      case BoundStatement.Explain explain -> {
        line(0, explain.options().analyze() ? "Explain analyze" : "Explain");
        statement(explain.statement());
      }
      default -> line(0, statement.toString());
    }
  }

  private String where(Optional<Expression> predicate) {
    return predicate.map(p -> " where " + expression(p)).orElse("");
  }

  private void relation(int depth, Relation relation) {
    switch (relation) {
      case Relation.Scan scan ->
          line(
              depth, "Scan " + scan.table().name() + " " + scan.alias() + variables(scan.output()));
      case Relation.Values values -> {
        line(depth, "Values " + variables(values.output()));
        values.rows().forEach(row -> line(depth + 1, list(row)));
      }
      case Relation.Filter filter -> {
        line(depth, "Filter " + expression(filter.predicate()));
        relation(depth + 1, filter.input());
      }
      case Relation.Project project -> {
        line(
            depth,
            "Project "
                + project.assignments().stream()
                    .map(a -> variable(a.variable()) + " := " + expression(a.expression()))
                    .collect(Collectors.joining(", ")));
        relation(depth + 1, project.input());
      }
      case Relation.Join join -> {
        line(depth, join.kind() + join.condition().map(c -> " on " + expression(c)).orElse(""));
        relation(depth + 1, join.left());
        relation(depth + 1, join.right());
      }
      case Relation.Apply apply -> {
        line(
            depth,
            "Apply "
                + apply.kind()
                + apply.condition().map(c -> " on " + expression(c)).orElse(""));
        relation(depth + 1, apply.left());
        relation(depth + 1, apply.right());
      }
      case Relation.Aggregate aggregate -> {
        line(
            depth,
            "Aggregate by "
                + variables(aggregate.keys())
                + aggregate.calls().stream().map(this::call).collect(Collectors.joining()));
        relation(depth + 1, aggregate.input());
      }
      case Relation.Distinct distinct -> {
        line(depth, "Distinct");
        relation(depth + 1, distinct.input());
      }
      case Relation.Sort sort -> {
        line(
            depth,
            "Sort "
                + sort.keys().stream()
                    .map(key ->
                        variable(key.variable())
                            + (key.descending() ? " desc" : "")
                            + (key.nullsFirst() ? " nulls first" : ""))
                    .collect(Collectors.joining(", ")));
        relation(depth + 1, sort.input());
      }
      case Relation.Limit limit -> {
        line(
            depth,
            "Limit"
                + limit.limit().map(e -> " " + expression(e)).orElse("")
                + limit.offset().map(e -> " offset " + expression(e)).orElse("")
                + (limit.ties().isEmpty() ? "" : " with ties"));
        relation(depth + 1, limit.input());
      }
      case Relation.GroupingSets sets -> {
        line(
            depth,
            "Aggregate by "
                + variables(sets.keys())
                + sets.sets()
                + sets.calls().stream().map(this::call).collect(Collectors.joining()));
        relation(depth + 1, sets.input());
      }
      case Relation.Window window -> {
        line(
            depth,
            "Window over "
                + variables(window.partition())
                + window.order()
                + window.calls().stream()
                    .map(call ->
                        " "
                            + variable(call.variable())
                            + " := "
                            + call.function().name()
                            + list(call.arguments()))
                    .collect(Collectors.joining()));
        relation(depth + 1, window.input());
      }
      case Relation.DistinctOn distinct -> {
        line(depth, "Distinct on " + variables(distinct.keys()));
        relation(depth + 1, distinct.input());
      }
      case Relation.Union union -> {
        line(depth, "Union " + variables(union.output()) + " of " + union.columns());
        union.inputs().forEach(input -> relation(depth + 1, input));
      }
      case Relation.SetOperation set -> {
        line(depth, set.kind() + (set.all() ? " all " : " ") + variables(set.output()));
        relation(depth + 1, set.left());
        relation(depth + 1, set.right());
      }
      case Relation.With with -> {
        with.tables()
            .forEach(table -> {
              line(depth, "With " + table.name() + "#" + table.id() + table.materialized());
              relation(depth + 1, table.definition());
            });
        relation(depth, with.body());
      }
      case Relation.LockRows lock -> {
        line(
            depth,
            "Lock "
                + lock.targets()
                + lock.recheck().map(e -> " if still " + expression(e)).orElse(""));
        relation(depth + 1, lock.input());
      }
      case Relation.LiveRows rows -> line(depth, "Live " + rows.table().name());
      case Relation.FunctionRows rows ->
          line(
              depth,
              "Functions "
                  + rows.calls().stream()
                      .map(call -> call.function().name() + list(call.arguments()))
                      .collect(Collectors.joining(", "))
                  + " "
                  + variables(rows.output()));
      case Relation.CommonTableScan scan ->
          line(
              depth,
              (scan.working() ? "Working " : "Common ")
                  + scan.name()
                  + "#"
                  + scan.id()
                  + variables(scan.output()));
      case Relation.RecursiveUnion union -> {
        line(depth, "Recursive" + (union.distinct() ? " distinct" : ""));
        relation(depth + 1, union.base());
        relation(depth + 1, union.step());
      }
    }
  }

  private String call(Relation.AggregateCall call) {
    return " "
        + variable(call.variable())
        + " := "
        + call.function().name()
        + (call.distinct() ? " distinct" : "")
        + list(call.arguments())
        + call.filter().map(e -> " filter " + expression(e)).orElse("")
        + (call.order().isEmpty()
            ? ""
            : " order " + list(call.order().stream().map(Relation.Ordered::expression).toList()));
  }

  private String variable(Variable variable) {
    return variable.name() + "#" + variable.id();
  }

  private String variables(List<Variable> variables) {
    return variables.stream().map(this::variable).collect(Collectors.joining(", ", "[", "]"));
  }

  private String list(List<Expression> expressions) {
    return expressions.stream().map(this::expression).collect(Collectors.joining(", ", "(", ")"));
  }

  private String expression(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> value(literal);
      case Expression.Parameter parameter when parameter.ordinal() < parameters.size() ->
          value(new Expression.Literal(parameters.get(parameter.ordinal()), parameter.type()));
      case Expression.Parameter parameter ->
          "$" + (parameter.ordinal() + 1) + ":" + parameter.type().sqlName();
      case Expression.Reference reference -> variable(reference.variable());
      case Expression.Call call -> call.function().name() + list(call.arguments());
      case Expression.Cast cast ->
          "cast(" + expression(cast.operand()) + " as " + cast.type().sqlName() + ")";
      case Expression.Compare compare ->
          "("
              + expression(compare.left())
              + " "
              + compare.comparison().symbol()
              + " "
              + expression(compare.right())
              + ")";
      case Expression.And and -> "and" + list(and.operands());
      case Expression.Or or -> "or" + list(or.operands());
      case Expression.Not not -> "not(" + expression(not.operand()) + ")";
      case Expression.IsNull test -> "isnull(" + expression(test.operand()) + ")";
      case Expression.In in -> expression(in.operand()) + " in " + list(in.items());
      case Expression.Case choice ->
          "case("
              + choice.whens().stream()
                  .map(w -> expression(w.condition()) + " -> " + expression(w.result()))
                  .collect(Collectors.joining(", "))
              + choice.otherwise().map(e -> ", else " + expression(e)).orElse("")
              + ")";
      case Expression.Coalesce coalesce -> "coalesce" + list(coalesce.arguments());
      case Expression.Exists exists -> "exists" + query(exists.relation());
      case Expression.ScalarSubquery scalar ->
          "#" + scalar.field() + " of" + query(scalar.relation());
      case Expression.AnySubquery any ->
          "any " + expression(any.condition()) + " of" + query(any.relation());
      case Expression.ArraySubquery array -> "array" + query(array.relation());
      case Expression.Subplan subplan -> subplan.plan().title() + list(subplan.arguments());
      case Expression.Correlation correlation -> "@" + variable(correlation.variable());
    };
  }

  /** On one line. */
  private String query(Relation relation) {
    TreeText text = new TreeText(parameters);
    text.relation(0, relation);
    return "(" + text.out.toString().strip().replaceAll("\\n *", "; ") + ")";
  }

  private String value(Expression.Literal literal) {
    String type = literal.type().sqlName();
    return switch (literal.value()) {
      case Value.Null none -> "null:" + type;
      case Value.BooleanValue v -> String.valueOf(v.value());
      case Value.IntegerValue v -> String.valueOf(v.value());
      case Value.BigintValue v -> v.value() + "L";
      case Value.DoubleValue v -> v.value() + "d";
      case Value.TextValue v -> "'" + v.value() + "'";
      default -> TypeOutput.text(literal.value(), ZoneOffset.UTC) + ":" + type;
    };
  }

  private void line(int depth, String text) {
    out.append("  ".repeat(depth)).append(text).append('\n');
  }
}
