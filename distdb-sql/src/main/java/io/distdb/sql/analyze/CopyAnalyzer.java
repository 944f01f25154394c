// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.access.Demand;
import io.distdb.sql.access.PredefinedRole;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.ast.CopyStatement;
import io.distdb.sql.ast.Name;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.CopyFormat;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.Assignment;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** COPY in both directions. */
final class CopyAnalyzer {
  private static final String COPY_HINT =
      "Anyone can COPY to stdout or from stdin. psql's \\copy command also works for anyone.";

  private final StatementContext context;

  CopyAnalyzer(StatementContext context) {
    this.context = context;
  }

  BoundStatement.Plannable analyze(CopyStatement copy) {
    copy.file().ifPresent(file -> context.demands().add(ofFile(copy.from())));
    if (copy.query().isPresent()) {
      return query(copy, new QueryAnalyzer(context).analyze(copy.query().get()));
    }
    Table table = Tables.require(copy.table().orElseThrow(), context);
    List<Integer> columns = columns(table, copy.columns());
    if (copy.from()) {
      context.demands().write(Privilege.INSERT, table, columns);
    } else {
      context.demands().select(table, columns);
    }
    return copy.from() ? from(copy, table, columns) : table(copy, table, columns);
  }

  private static Demand ofFile(boolean from) {
    return from
        ? new Demand.OfMember(PredefinedRole.PG_READ_SERVER_FILES, "COPY from a file", COPY_HINT)
        : new Demand.OfMember(PredefinedRole.PG_WRITE_SERVER_FILES, "COPY to a file", COPY_HINT);
  }

  private static List<Integer> columns(Table table, List<Name> names) {
    return InsertAnalyzer.targets(table, names);
  }

  private BoundStatement.CopyIn from(CopyStatement copy, Table table, List<Integer> given) {
    List<String> names = given.stream().map(o -> table.columns().get(o).name()).toList();
    CopyFormat format = new CopyOptions(copy, Optional.of(table), names).format();
    List<Variable> fields = new ArrayList<>();
    List<Expression> row = new ArrayList<>(new InsertAnalyzer(context).defaults(table));
    for (int ordinal : given) {
      TableColumn column = table.columns().get(ordinal);
      Variable field = context.newVariable(column.name(), column.type());
      fields.add(field);
      row.set(ordinal, new Expression.Reference(field));
    }
    ScopeTable target = Tables.bind(table, table.name(), List.of(), context);
    Optional<Expression> predicate = UpdateAnalyzer.where(context, Scope.of(target), copy.where());
    return new BoundStatement.CopyIn(
        table, given, fields, target.variables(), row, predicate, format, copy.file());
  }

  private BoundStatement.CopyOut table(CopyStatement copy, Table table, List<Integer> given) {
    ScopeTable bound = Tables.bind(table, table.name(), List.of(), context);
    List<Variable> columns = given.stream().map(bound.variables()::get).toList();
    List<String> names = given.stream().map(o -> table.columns().get(o).name()).toList();
    return out(copy, Optional.of(table), Tables.scan(bound), columns, names);
  }

  private BoundStatement.CopyOut query(CopyStatement copy, BoundStatement.Query query) {
    int width = query.headings().size();
    List<Variable> columns = query.relation().output().subList(0, width);
    return out(copy, Optional.empty(), query.relation(), columns, query.headings());
  }

  private BoundStatement.CopyOut out(
      CopyStatement copy,
      Optional<Table> table,
      Relation relation,
      List<Variable> columns,
      List<String> names) {
    List<Assignment> values = new ArrayList<>();
    for (Variable column : columns) {
      Variable value = context.newVariable(column.name(), column.type());
      values.add(new Assignment(value, new Expression.Reference(column)));
    }
    CopyFormat format = new CopyOptions(copy, table, names).format();
    return new BoundStatement.CopyOut(
        new Relation.Project(relation, values), names, format, copy.file());
  }
}
