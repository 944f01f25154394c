// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.execute.DeferredChecks;
import io.distdb.sql.logical.BoundStatement;
import java.util.ArrayList;
import java.util.List;

/** SET CONSTRAINTS within a block. */
final class ConstraintTimes {
  private final LocalSession session;

  ConstraintTimes(LocalSession session) {
    this.session = session;
  }

  /**
   * @throws DistDbException {@code UNDEFINED_OBJECT}, {@code WRONG_OBJECT_TYPE}: no such
   *     constraint, or not deferrable; {@code FOREIGN_KEY_VIOLATION} of one that is immediate now
   */
  void set(BoundStatement.SetConstraints set) {
    DeferredChecks checks = session.block().deferred();
    session.block().transaction().beginStatement();
    if (set.constraints().isEmpty()) {
      checks.setAll(set.deferred());
    }
    for (TableName name : set.constraints()) {
      find(name, session.block().view(session.database().catalog()))
          .forEach(found -> checks.set(found, set.deferred()));
    }
    if (!set.deferred() && checks.isPending()) {
      checks.checkImmediate(session.runner().checkingExecution());
    }
  }

  /** All of that name in the first schema of the path that has one. */
  private List<DeferredChecks.Name> find(TableName name, CatalogView view) {
    List<String> schemas =
        name.schema().map(schema -> List.of(schema.text())).orElseGet(session::searchPath);
    for (String schema : schemas) {
      List<DeferredChecks.Name> found = new ArrayList<>();
      for (Table table : view.tables()) {
        if (table.schema().equals(schema)) {
          collect(table, name, found);
        }
      }
      if (!found.isEmpty()) {
        return found;
      }
    }
    throw new DistDbException(
            ErrorCode.UNDEFINED_OBJECT, "constraint \"" + name.name() + "\" does not exist")
        .at(name.span().position());
  }

  private static void collect(Table table, TableName name, List<DeferredChecks.Name> found) {
    for (Constraint constraint : table.constraints()) {
      if (!constraint.name().equals(name.name().text())) {
        continue;
      }
      if (!(constraint instanceof Constraint.ForeignKey key) || !key.deferrable()) {
        throw new DistDbException(
                ErrorCode.WRONG_OBJECT_TYPE, "constraint \"" + name.name() + "\" is not deferrable")
            .at(name.span().position());
      }
      found.add(new DeferredChecks.Name(table.id(), key.name()));
    }
  }
}
