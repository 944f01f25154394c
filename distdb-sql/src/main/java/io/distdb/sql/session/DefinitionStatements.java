// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.type.Value;
import io.distdb.sql.ast.Statement;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.datetime.DateTimeContext;
import io.distdb.sql.define.StatementExecutor;
import io.distdb.sql.execute.Executable;
import io.distdb.sql.execute.Execution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements that a definition runs within its own transaction. They have no parameters. */
record DefinitionStatements(StatementRun run, RunningStatement current)
    implements StatementExecutor {
  private PreparedPlan plan(Statement statement, CatalogView catalog) {
    run.see(catalog);
    return run.plan(statement, catalog);
  }

  @Override
  public String database() {
    return run.environment().database();
  }

  @Override
  public DateTimeContext moment() {
    return new DateTimeContext(run.environment().nowMicros(), run.environment().zone());
  }

  @Override
  public Optional<String> checkedSetting(String name, Optional<String> value) {
    return run.settings().checked(name, value);
  }

  @Override
  public long change(Statement change, CatalogView catalog) {
    PreparedPlan plan = plan(change, catalog);
    run.requirePermission(plan);
    Execution execution = run.execution(plan, current);
    return ((Executable.Change) plan.executable().orElseThrow()).run(execution, null);
  }

  @Override
  public Optional<List<Value>> firstRow(Statement query, CatalogView catalog) {
    PreparedPlan plan = plan(query, catalog);
    Execution execution = run.execution(plan, current);
    Executable.Query executable = (Executable.Query) plan.executable().orElseThrow();
    try (CursorRows rows =
        new CursorRows(
            plan.columns(),
            executable.open(execution),
            execution.environment(),
            CursorRows.NOTHING_ENDS)) {
      if (!rows.next()) {
        return Optional.empty();
      }
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < plan.columns().size(); i++) {
        values.add(rows.get(i));
      }
      return Optional.of(values);
    }
  }
}
