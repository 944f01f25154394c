// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.access.Securable;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.Statement;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.View;
import io.distdb.sql.catalog.grant.GrantTables;
import io.distdb.sql.catalog.pg.PgCatalog;
import io.distdb.sql.catalog.pg.PgTable;
import io.distdb.sql.catalog.virtual.VirtualTable;
import io.distdb.sql.catalog.virtual.VirtualTables;
import io.distdb.sql.function.FunctionRegistry;
import io.distdb.sql.function.ScalarFunction;
import io.distdb.sql.function.SequenceFunctions;
import io.distdb.sql.live.LiveTable;
import io.distdb.sql.live.LiveTables;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.parse.SqlParser;
import io.distdb.sql.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names of FROM that stand for rows that nobody stores: views, and tables made of the catalog. */
final class NamedQueries {
  private static final ScalarFunction CURRENT_DATABASE =
      FunctionRegistry.functions("current_database").getFirst();

  private final StatementContext context;

  NamedQueries(StatementContext context) {
    this.context = context;
  }

  /** Absent: the name is a stored table's, or nobody's. */
  Optional<FromClause.Bound> bind(Query.TableReference reference) {
    TableName name = reference.table();
    Optional<LiveTable> system = PgCatalog.find(name.schema().map(Name::text), name.name().text());
    if (system.isPresent()) {
      return Optional.of(live(reference, system.get()));
    }
    if (context.names().table(name).isPresent()) {
      return Optional.empty();
    }
    Optional<View> view = context.names().view(name);
    if (view.isPresent()) {
      return Optional.of(view(reference, view.get()));
    }
    Optional<Sequence> sequence = context.names().sequence(name);
    if (sequence.isPresent()) {
      return Optional.of(sequence(reference, sequence.get()));
    }
    Optional<String> schema = name.schema().map(Name::text);
    Optional<FromClause.Bound> live =
        LiveTables.find(schema, name.name().text())
            .or(() -> GrantTables.find(schema, name.name().text()))
            .map(table -> live(reference, table));
    return live.isPresent()
        ? live
        : VirtualTables.find(schema, name.name().text()).map(table -> virtual(reference, table));
  }

  private FromClause.Bound view(Query.TableReference reference, View view) {
    context.use(view.id());
    context.useSchema(reference.table());
    context.resolve(reference.table(), view.schema());
    BoundStatement.Query query =
        context.within(view, () -> new QueryAnalyzer(context).analyze(query(view)));
    List<Variable> variables = query.relation().output();
    if (variables.size() != view.columns().size()) {
      throw new DistDbException(
          ErrorCode.INVALID_OBJECT_DEFINITION,
          "view \""
              + view.name()
              + "\" has "
              + view.columns().size()
              + " columns, its query has "
              + variables.size()
              + " now");
    }
    context.demands().view(view, variables);
    List<String> names = view.columns().stream().map(View.Column::name).toList();
    return bound(reference, query.relation(), names);
  }

  static Query query(View view) {
    if (SqlParser.parse(view.text()) instanceof Statement.QueryStatement statement) {
      return statement.query();
    }
    throw new DistDbException(
        ErrorCode.DATA_CORRUPTED, "the text of view \"" + view.name() + "\" is no query");
  }

  /** The one row of a sequence. Nothing is logged ahead that {@code log_cnt} would count. */
  private FromClause.Bound sequence(Query.TableReference reference, Sequence sequence) {
    context.use(sequence.id());
    context.useSchema(reference.table());
    context.demands().object(Securable.SEQUENCE, sequence.id(), sequence.name(), Privilege.SELECT);
    context.resolve(reference.table(), sequence.schema());
    String name = Texts.identifier(sequence.schema()) + "." + Texts.identifier(sequence.name());
    List<Expression> argument = List.of(new Expression.Literal(Value.of(name), SqlType.TEXT));
    List<Variable> variables =
        List.of(
            context.newVariable("last_value", SqlType.BIGINT),
            context.newVariable("log_cnt", SqlType.BIGINT),
            context.newVariable("is_called", SqlType.BOOLEAN));
    List<Expression> row =
        List.of(
            new Expression.Call(SequenceFunctions.newest(), argument),
            new Expression.Literal(Value.of(0L), SqlType.BIGINT),
            new Expression.Call(SequenceFunctions.isCalled(), argument));
    return bound(
        reference,
        new Relation.Values(variables, List.of(row)),
        variables.stream().map(Variable::name).toList());
  }

  private FromClause.Bound virtual(Query.TableReference reference, VirtualTable table) {
    List<Variable> variables = new ArrayList<>();
    table
        .columns()
        .forEach(column -> variables.add(context.newVariable(column.name(), column.type())));
    List<List<Expression>> rows = new ArrayList<>();
    for (List<Value> row : table.rows(context.catalog())) {
      if (isOthers(row)) {
        continue;
      }
      List<Expression> cells = new ArrayList<>(row.size());
      for (int i = 0; i < row.size(); i++) {
        cells.add(cell(row.get(i), table.columns().get(i)));
      }
      rows.add(cells);
    }
    return bound(
        reference,
        new Relation.Values(variables, rows),
        table.columns().stream().map(View.Column::name).toList());
  }

  private FromClause.Bound live(Query.TableReference reference, LiveTable table) {
    List<Variable> variables =
        table.columns().stream()
            .map(column -> context.newVariable(column.name(), column.type()))
            .toList();
    FromClause.Bound bound =
        bound(
            reference,
            new Relation.LiveRows(table, variables),
            table.columns().stream().map(View.Column::name).toList());
    if (table instanceof PgTable system && !system.isView()) {
      ScopeTable numbered = bound.scope().tables().getFirst().withNumber(system.oid());
      return new FromClause.Bound(bound.relation(), Scope.of(numbered));
    }
    return bound;
  }

  /** Whether a row tells of the temporary tables of another session. */
  private boolean isOthers(List<Value> row) {
    return row.stream()
        .anyMatch(value ->
            value instanceof Value.TextValue text
                && Schema.isTemporary(text.value())
                && !context.names().searchPath().contains(text.value()));
  }

  /** The catalog is shared by nobody, yet does not know the name of its database. */
  private static Expression cell(Value value, View.Column column) {
    boolean database = column.name().endsWith("_catalog") && !value.equals(Value.NULL);
    return database
        ? new Expression.Call(CURRENT_DATABASE, List.of())
        : new Expression.Literal(value, column.type());
  }

  private static FromClause.Bound bound(
      Query.TableReference reference, Relation relation, List<String> names) {
    List<Variable> variables = relation.output();
    List<Name> aliases = reference.columnAliases();
    FromClause.checkAliases(reference.table().toString(), variables.size(), aliases, reference);
    String alias = reference.alias().orElse(reference.table().name()).text();
    List<ScopeColumn> columns = new ArrayList<>(variables.size());
    for (int i = 0; i < variables.size(); i++) {
      String name = i < aliases.size() ? aliases.get(i).text() : names.get(i);
      columns.add(new ScopeColumn(alias, name, new Expression.Reference(variables.get(i))));
    }
    return new FromClause.Bound(
        relation, Scope.of(new ScopeTable(alias, Optional.empty(), variables, columns)));
  }
}
