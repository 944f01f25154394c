// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * UNION, INTERSECT, EXCEPT. Types meet pair by pair from the left, as PostgreSQL has it
 * (documentation, 10.5); constants of unknown type adopt what they meet.
 */
final class SetOperationAnalyzer {
  private final StatementContext context;
  private final Optional<Scope.Outer> outer;
  private final QueryAnalyzer queries;

  SetOperationAnalyzer(
      StatementContext context, Optional<Scope.Outer> outer, QueryAnalyzer queries) {
    this.context = context;
    this.outer = outer;
    this.queries = queries;
  }

  /** The operation with the clauses of the whole. */
  QueryArm analyze(Query query, Query.SetOperation set) {
    if (!query.locking().isEmpty()) {
      Query.Locking locking = query.locking().getFirst();
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              locking.clause() + " is not allowed with UNION/INTERSECT/EXCEPT")
          .at(locking.span().position());
    }
    QueryArm combined = combine(set);
    List<Relation.SortKey> order = order(query, combined);
    Relation relation =
        order.isEmpty() ? combined.relation() : new Relation.Sort(combined.relation(), order);
    return new QueryArm(
        new LimitClause(context, outer).apply(relation, query, order),
        combined.headings(),
        combined.columns());
  }

  private QueryArm combine(Query.SetOperation set) {
    List<QueryArm> arms = new ArrayList<>(set.operands().size());
    for (Query.Body operand : set.operands()) {
      arms.add(arm(set, operand, arms.isEmpty()));
    }
    return combine(set.operator(), set.all(), arms, spans(set.operands()));
  }

  static List<SourceSpan> spans(List<Query.Body> operands) {
    return operands.stream().map(Query.Body::span).toList();
  }

  /** Where rows are counted or taken away, a recursion could not tell when it ends. */
  private QueryArm arm(Query.SetOperation set, Query.Body operand, boolean first) {
    boolean refuses =
        switch (set.operator()) {
          case UNION -> false;
          case INTERSECT -> set.all();
          case EXCEPT -> set.all() || !first;
        };
    return refuses
        ? context.withoutRecursion(set.operator().name(), () -> arm(operand))
        : arm(operand);
  }

  QueryArm arm(Query.Body operand) {
    return switch (operand) {
      case Query.SetOperation inner -> combine(inner);
      case Query.Nested nested -> queries.arm(nested.query());
      case Query.Select select -> queries.arm(new Query(select.span(), select));
      case Query.Values values -> queries.arm(new Query(values.span(), values));
    };
  }

  /**
   * @param spans of the arms
   */
  QueryArm combine(
      Query.SetOperator operator, boolean all, List<QueryArm> arms, List<SourceSpan> spans) {
    checkWidths(operator, arms, spans);
    List<SqlType> types = types(operator, arms);
    List<Relation> inputs = new ArrayList<>(arms.size());
    List<List<Variable>> columns = new ArrayList<>(arms.size());
    for (QueryArm arm : arms) {
      Relation input = convert(arm, types);
      inputs.add(input);
      columns.add(input.output().subList(0, types.size()));
    }
    Relation relation =
        operator == Query.SetOperator.UNION
            ? union(all, inputs, columns, output(arms.getFirst(), types))
            : fold(operator, all, inputs, columns, arms.getFirst(), types);
    List<OutputColumn> outputs = new ArrayList<>(types.size());
    for (int i = 0; i < types.size(); i++) {
      Operand column = arms.getFirst().columns().get(i);
      outputs.add(
          new OutputColumn(
              arms.getFirst().headings().get(i),
              new Expression.Reference(relation.output().get(i)),
              column.span()));
    }
    return QueryArm.of(relation, outputs);
  }

  private static void checkWidths(
      Query.SetOperator operator, List<QueryArm> arms, List<SourceSpan> spans) {
    int width = arms.getFirst().columns().size();
    for (int i = 1; i < arms.size(); i++) {
      if (arms.get(i).columns().size() != width) {
        throw new DistDbException(
                ErrorCode.SYNTAX_ERROR,
                "each " + operator + " query must have the same number of columns")
            .at(spans.get(i).position());
      }
    }
  }

  private static List<SqlType> types(Query.SetOperator operator, List<QueryArm> arms) {
    List<SqlType> types = new ArrayList<>();
    for (int i = 0; i < arms.getFirst().columns().size(); i++) {
      Operand met = arms.getFirst().columns().get(i);
      for (QueryArm arm : arms.subList(1, arms.size())) {
        SqlType type =
            ConditionalAnalyzer.commonType(operator.name(), List.of(met, arm.columns().get(i)));
        met = QueryArm.ofType(arm.columns().get(i), type);
      }
      types.add(met.type() == null ? SqlType.TEXT : met.type());
    }
    return types;
  }

  private List<Variable> output(QueryArm first, List<SqlType> types) {
    List<Variable> output = new ArrayList<>(types.size());
    for (int i = 0; i < types.size(); i++) {
      output.add(context.newVariable(first.headings().get(i), types.get(i)));
    }
    return output;
  }

  private static Relation union(
      boolean all, List<Relation> inputs, List<List<Variable>> columns, List<Variable> output) {
    Relation union = new Relation.Union(inputs, columns, output);
    return all ? union : new Relation.Distinct(union);
  }

  private Relation fold(
      Query.SetOperator operator,
      boolean all,
      List<Relation> inputs,
      List<List<Variable>> columns,
      QueryArm first,
      List<SqlType> types) {
    Relation.SetKind kind =
        operator == Query.SetOperator.INTERSECT
            ? Relation.SetKind.INTERSECT
            : Relation.SetKind.EXCEPT;
    Relation result = inputs.getFirst();
    List<Variable> left = columns.getFirst();
    for (int i = 1; i < inputs.size(); i++) {
      List<Variable> output = output(first, types);
      result =
          new Relation.SetOperation(kind, all, result, left, inputs.get(i), columns.get(i), output);
      left = output;
    }
    return result;
  }

  /** The arm with columns of {@code types}; itself when it has them. */
  Relation convert(QueryArm arm, List<SqlType> types) {
    Coercion coercion = new Coercion(context.parameters());
    List<Relation.Assignment> assignments = new ArrayList<>(types.size());
    boolean same = true;
    for (int i = 0; i < types.size(); i++) {
      Variable variable = arm.relation().output().get(i);
      Operand column = arm.columns().get(i);
      if (types.get(i).equals(column.type())) {
        assignments.add(new Relation.Assignment(variable, new Expression.Reference(variable)));
        continue;
      }
      same = false;
      Expression converted =
          column.type() == null
              ? coercion.explicit(column, types.get(i), column.span())
              : coercion.demand(column, types.get(i), "UNION");
      assignments.add(
          new Relation.Assignment(context.newVariable(variable.name(), types.get(i)), converted));
    }
    return same ? arm.relation() : new Relation.Project(arm.relation(), assignments);
  }

  // --- ORDER BY of the whole ---

  private static List<Relation.SortKey> order(Query query, QueryArm combined) {
    List<OutputColumn> outputs = new ArrayList<>();
    for (int i = 0; i < combined.headings().size(); i++) {
      Variable variable = combined.relation().output().get(i);
      outputs.add(
          new OutputColumn(
              combined.headings().get(i),
              new Expression.Reference(variable),
              combined.columns().get(i).span()));
    }
    List<Relation.SortKey> keys = new ArrayList<>();
    for (Query.OrderItem item : query.orderBy()) {
      OutputColumn output = output(item.expression(), outputs);
      Variable variable = combined.relation().output().get(outputs.indexOf(output));
      keys.add(
          new Relation.SortKey(
              variable, item.descending(), item.nullsFirst().orElse(item.descending())));
    }
    return keys;
  }

  private static OutputColumn output(Expr item, List<OutputColumn> outputs) {
    if (item instanceof Expr.NumberConstant constant) {
      return GroupBy.ordinal(constant, outputs, "ORDER BY");
    }
    GroupBy.refuseConstant(item, "ORDER BY");
    if (item instanceof Expr.Column column && column.table().isEmpty()) {
      List<OutputColumn> named = GroupBy.named(column, outputs, "ORDER BY");
      if (!named.isEmpty()) {
        return named.getFirst();
      }
      throw new DistDbException(
              ErrorCode.UNDEFINED_COLUMN, "column \"" + column.name() + "\" does not exist")
          .at(item.span().position());
    }
    throw new DistDbException(
            ErrorCode.FEATURE_NOT_SUPPORTED, "invalid UNION/INTERSECT/EXCEPT ORDER BY clause")
        .withDetail("Only result column names can be used, not expressions or functions.")
        .withHint(
            "Add the expression/function to every SELECT, or move the UNION into a FROM clause.")
        .at(item.span().position());
  }
}
