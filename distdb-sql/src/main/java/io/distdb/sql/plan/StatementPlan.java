// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.BoundStatement.ColumnUpdate;
import io.distdb.sql.logical.Expression;
import java.util.List;
import java.util.Optional;

/** The plan of a statement. */
public sealed interface StatementPlan {
  record Query(PhysicalPlan root, List<String> headings) implements StatementPlan {
    public Query {
      headings = List.copyOf(headings);
    }
  }

  /**
   * @param source one output variable for each table column
   */
  record Insert(Table table, PhysicalPlan source) implements StatementPlan {}

  /**
   * @param target finds candidates; reads every column
   * @param predicate the whole condition, checked again on a row that changed in the meantime
   */
  record Update(
      PhysicalPlan.Scan target, Optional<Expression> predicate, List<ColumnUpdate> updates)
      implements StatementPlan {
    public Update {
      updates = List.copyOf(updates);
    }
  }

  /** As {@link Update}, without new values. */
  record Delete(PhysicalPlan.Scan target, Optional<Expression> predicate)
      implements StatementPlan {}
}
