// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.Query;
import io.distdb.sql.function.FunctionRegistry;
import io.distdb.sql.function.TableFunction;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Functions in FROM. Arguments may name what stands to the left, LATERAL or not. A function that
 * returns a value makes one row.
 */
final class FunctionItems {
  private final StatementContext context;
  private final ExpressionAnalyzer expressions;

  /**
   * @param before what arguments may refer to
   */
  FunctionItems(StatementContext context, Scope before) {
    this.context = context;
    expressions =
        new ExpressionAnalyzer(
            context, before, AggregateCollector.forbiddenIn(context, "functions in FROM"));
  }

  FromClause.Bound bind(Query.FunctionItem item) {
    List<Variable> output = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Relation relation;
    if (item.calls().size() == 1
        && FunctionRegistry.tableFunctions(item.calls().getFirst().function().text()).isEmpty()) {
      relation = value(item, output);
    } else {
      relation = rows(item, output);
    }
    List<Expr.Call> calls = expanded(item);
    for (Expr.Call call : calls) {
      boolean only = calls.size() == 1;
      names.add(
          only
              ? item.alias().map(Name::text).orElse(call.function().text())
              : call.function().text());
    }
    if (item.ordinality()) {
      names.add("ordinality");
    }
    String alias = item.alias().map(Name::text).orElse(item.calls().getFirst().function().text());
    return bound(item, flat(relation, output, names), alias, output, names);
  }

  private static FromClause.Bound bound(
      Query.FunctionItem item,
      Relation relation,
      String alias,
      List<Variable> output,
      List<String> names) {
    if (item.columnAliases().size() > output.size()) {
      throw new DistDbException(
              ErrorCode.INVALID_COLUMN_REFERENCE,
              "table \""
                  + alias
                  + "\" has "
                  + output.size()
                  + " columns available but "
                  + item.columnAliases().size()
                  + " columns specified")
          .at(item.span().position());
    }
    List<ScopeColumn> columns = new ArrayList<>();
    for (int i = 0; i < output.size(); i++) {
      String name =
          i < item.columnAliases().size() ? item.columnAliases().get(i).text() : names.get(i);
      columns.add(new ScopeColumn(alias, name, new Expression.Reference(output.get(i))));
    }
    return new FromClause.Bound(
        relation, Scope.of(new ScopeTable(alias, Optional.empty(), output, columns)));
  }

  /** One row with the function's value. */
  private Relation value(Query.FunctionItem item, List<Variable> output) {
    Expr.Call call = item.calls().getFirst();
    Expression value = expressions.settled(call);
    output.add(context.newVariable(call.function().text(), value.type()));
    List<Relation.Assignment> assignments = new ArrayList<>();
    assignments.add(new Relation.Assignment(output.getFirst(), value));
    if (item.ordinality()) {
      output.add(context.newVariable("ordinality", SqlType.BIGINT));
      assignments.add(
          new Relation.Assignment(
              output.getLast(),
              new Expression.Literal(io.distdb.api.type.Value.of(1L), SqlType.BIGINT)));
    }
    return new Relation.Project(new Relation.Values(List.of(), List.of(List.of())), assignments);
  }

  private Relation rows(Query.FunctionItem item, List<Variable> output) {
    List<Relation.SeriesCall> calls = new ArrayList<>();
    for (Expr.Call call : expanded(item)) {
      Relation.SeriesCall series = series(call, expressions);
      output.add(context.newVariable(call.function().text(), series.function().resultType()));
      calls.add(series);
    }
    if (item.ordinality()) {
      output.add(context.newVariable("ordinality", SqlType.BIGINT));
    }
    return new Relation.FunctionRows(calls, item.ordinality(), output);
  }

  /** {@code rows} with the fields of rows as columns of their own, whose names replace theirs. */
  private Relation flat(Relation rows, List<Variable> output, List<String> names) {
    if (output.stream().noneMatch(variable -> variable.type() instanceof RowType)) {
      return rows;
    }
    List<Variable> columns = new ArrayList<>();
    List<String> headings = new ArrayList<>();
    List<Relation.Assignment> assignments = new ArrayList<>();
    for (int i = 0; i < output.size(); i++) {
      Expression value = new Expression.Reference(output.get(i));
      if (output.get(i).type() instanceof RowType row) {
        for (int field = 0; field < row.fields().size(); field++) {
          RowType.Field of = row.fields().get(field);
          columns.add(context.newVariable(of.name(), of.type()));
          headings.add(of.name());
          assignments.add(
              new Relation.Assignment(columns.getLast(), RowValues.field(value, field)));
        }
      } else {
        columns.add(output.get(i));
        headings.add(names.get(i));
        assignments.add(new Relation.Assignment(output.get(i), value));
      }
    }
    output.clear();
    output.addAll(columns);
    names.clear();
    names.addAll(headings);
    return new Relation.Project(rows, assignments);
  }

  /** {@code unnest(a, b)} is {@code ROWS FROM (unnest(a), unnest(b))}. */
  private static List<Expr.Call> expanded(Query.FunctionItem item) {
    List<Expr.Call> calls = new ArrayList<>();
    for (Expr.Call call : item.calls()) {
      if (call.function().text().equals("unnest") && call.arguments().size() > 1) {
        for (Expr argument : call.arguments()) {
          calls.add(new Expr.Call(call.span(), call.function(), List.of(argument), false, false));
        }
      } else {
        calls.add(call);
      }
    }
    return calls;
  }

  /** A call that returns rows. */
  static Relation.SeriesCall series(Expr.Call written, ExpressionAnalyzer expressions) {
    Expr.Call call = VoidArguments.left(written, expressions.parameters());
    String name = call.function().text();
    List<TableFunction> candidates = FunctionRegistry.tableFunctions(name);
    if (candidates.isEmpty()) {
      throw ExpressionAnalyzer.unsupported(
          "a function that returns no rows in ROWS FROM", call.span());
    }
    List<Operand> operands = expressions.operands(call.arguments());
    TableFunction function =
        CallAnalyzer.only(
            OverloadResolution.choose(candidates, TableFunction::argumentTypes, operands),
            name,
            operands,
            call.span());
    List<Expression> arguments = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      arguments.add(
          expressions.coercion().demand(operands.get(i), function.argumentTypes().get(i), name));
    }
    return new Relation.SeriesCall(function, arguments);
  }
}
