// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.ast.DataStatement;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.BoundStatement.OnConflict;
import io.distdb.sql.logical.BoundStatement.Returning;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** INSERT: rows in table order and of the table's types; NULL where nothing was given. */
final class InsertAnalyzer {
  private final StatementContext context;
  private final ExpressionAnalyzer expressions;
  private final ColumnAssignment assignment;

  InsertAnalyzer(StatementContext context) {
    this.context = context;
    this.expressions =
        new ExpressionAnalyzer(
            context, Scope.EMPTY, AggregateCollector.forbiddenIn(context, "VALUES"));
    this.assignment = new ColumnAssignment(expressions.coercion());
  }

  BoundStatement.Insert analyze(DataStatement.Insert insert) {
    Table table = Tables.require(insert.table(), context);
    List<Integer> targets = targets(table, insert.columns());
    context.demands().write(Privilege.INSERT, table, targets);
    Relation source;
    if (insert.source().isEmpty()) {
      source = values(table, List.of(defaults(table)));
    } else if (insert.source().get().body() instanceof Query.Values values
        && insert.source().get().isPlain()) {
      source = values(table, rows(table, insert, targets, values));
    } else {
      source = select(table, insert, targets, insert.source().get());
    }
    String alias = insert.alias().map(Name::text).orElse(table.name());
    ScopeTable target = Tables.bind(table, alias, List.of(), context);
    Optional<OnConflict> conflict =
        insert.conflict().map(new ConflictAnalyzer(context, table, target)::analyze);
    Optional<Returning> returning =
        ReturningClause.analyze(context, Scope.of(target), insert.returning());
    return new BoundStatement.Insert(table, target.variables(), source, conflict, returning);
  }

  static List<Integer> targets(Table table, List<Name> columns) {
    if (columns.isEmpty()) {
      return IntStream.range(0, table.columns().size()).boxed().toList();
    }
    List<Integer> targets = new ArrayList<>(columns.size());
    for (Name column : columns) {
      int ordinal = Tables.requireColumn(table, column);
      if (targets.contains(ordinal)) {
        throw new DistDbException(
                ErrorCode.DUPLICATE_COLUMN, "column \"" + column + "\" specified more than once")
            .at(column.span().position());
      }
      targets.add(ordinal);
    }
    return targets;
  }

  List<Expression> defaults(Table table) {
    List<Expression> row = new ArrayList<>(table.columns().size());
    table.columns().forEach(column -> row.add(ColumnDefaults.of(column, context)));
    return row;
  }

  private Relation values(Table table, List<List<Expression>> rows) {
    return new Relation.Values(variables(table), rows);
  }

  private List<Variable> variables(Table table) {
    List<Variable> variables = new ArrayList<>(table.columns().size());
    table
        .columns()
        .forEach(column -> variables.add(context.newVariable(column.name(), column.type())));
    return variables;
  }

  private List<List<Expression>> rows(
      Table table, DataStatement.Insert insert, List<Integer> targets, Query.Values values) {
    int width = ValuesAnalyzer.width(values);
    checkWidth(insert, targets, width, values.rows().getFirst());
    List<List<Expression>> rows = new ArrayList<>(values.rows().size());
    List<Expression> defaults = defaults(table);
    for (List<Expr> row : values.rows()) {
      Expression[] complete = defaults.toArray(Expression[]::new);
      for (int i = 0; i < row.size(); i++) {
        TableColumn column = table.columns().get(targets.get(i));
        if (row.get(i) instanceof Expr.Default) {
          continue;
        }
        Expression given = assignment.convert(expressions.operand(row.get(i)), column);
        if (IdentityColumns.takes(column, insert.overriding(), row.get(i).span())) {
          complete[targets.get(i)] = given;
        }
      }
      rows.add(Arrays.asList(complete));
    }
    return rows;
  }

  private static void checkWidth(
      DataStatement.Insert insert, List<Integer> targets, int width, List<Expr> first) {
    if (width > targets.size()) {
      throw tooMany(first.get(targets.size()).span());
    }
    if (width < targets.size() && !insert.columns().isEmpty()) {
      throw tooFew(insert.columns().get(width).span());
    }
  }

  private static DistDbException tooMany(SourceSpan span) {
    return new DistDbException(
            ErrorCode.SYNTAX_ERROR, "INSERT has more expressions than target columns")
        .at(span.position());
  }

  private static DistDbException tooFew(SourceSpan span) {
    return new DistDbException(
            ErrorCode.SYNTAX_ERROR, "INSERT has more target columns than expressions")
        .at(span.position());
  }

  private Relation select(
      Table table, DataStatement.Insert insert, List<Integer> targets, Query source) {
    List<SqlType> types =
        targets.stream().map(target -> table.columns().get(target).type()).toList();
    BoundStatement.Query query = new QueryAnalyzer(context).analyze(source, types);
    List<Variable> given = query.relation().output();
    if (given.size() > targets.size()) {
      throw tooMany(source.span());
    }
    if (given.size() < targets.size() && !insert.columns().isEmpty()) {
      throw tooFew(insert.columns().get(given.size()).span());
    }
    Expression[] complete = defaults(table).toArray(Expression[]::new);
    for (int i = 0; i < given.size(); i++) {
      Operand value = new Operand.Typed(source.span(), new Expression.Reference(given.get(i)));
      TableColumn column = table.columns().get(targets.get(i));
      if (IdentityColumns.takes(column, insert.overriding(), source.span())) {
        complete[targets.get(i)] = assignment.convert(value, column);
      }
    }
    List<Variable> variables = variables(table);
    List<Relation.Assignment> assignments = new ArrayList<>(complete.length);
    for (int i = 0; i < complete.length; i++) {
      assignments.add(new Relation.Assignment(variables.get(i), complete[i]));
    }
    return new Relation.Project(query.relation(), assignments);
  }
}
