// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.BoundStatement.ColumnUpdate;
import io.distdb.sql.logical.BoundStatement.OnConflict;
import io.distdb.sql.logical.BoundStatement.Returning;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
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
   * @param target one variable for each table column
   * @param source one output variable for each table column
   */
  record Insert(
      Table table,
      List<Variable> target,
      PhysicalPlan source,
      Optional<OnConflict> conflict,
      Optional<Returning> returning)
      implements StatementPlan {
    public Insert {
      target = List.copyOf(target);
    }
  }

  /** Where the rows that a statement changes are found. */
  sealed interface Target {
    Table table();

    /** One variable for each table column. */
    List<Variable> columns();

    /** What expressions may refer to: {@link #columns}, then those of other tables. */
    List<Variable> layout();

    PhysicalPlan source();

    /** The whole condition, checked again on a row that changed in the meantime. */
    Optional<Expression> predicate();
  }

  /**
   * @param source finds candidates; reads every column
   */
  record Scanned(PhysicalPlan.Scan source, Optional<Expression> predicate) implements Target {
    @Override
    public Table table() {
      return source.table();
    }

    @Override
    public List<Variable> columns() {
      return source.output();
    }

    @Override
    public List<Variable> layout() {
      return columns();
    }
  }

  /**
   * Joined with other tables.
   *
   * @param source joined rows: the key of the row to change, then columns of other tables
   * @param keys how many columns the key has
   */
  record Joined(
      Table table,
      List<Variable> columns,
      PhysicalPlan source,
      int keys,
      Optional<Expression> predicate)
      implements Target {
    public Joined {
      columns = List.copyOf(columns);
    }

    @Override
    public List<Variable> layout() {
      List<Variable> all = new ArrayList<>(columns);
      all.addAll(others());
      return all;
    }

    public List<Variable> others() {
      return source.output().subList(keys, source.output().size());
    }
  }

  record Update(Target target, List<ColumnUpdate> updates, Optional<Returning> returning)
      implements StatementPlan {
    public Update {
      updates = List.copyOf(updates);
    }
  }

  /** As {@link Update}, without new values. */
  record Delete(Target target, Optional<Returning> returning) implements StatementPlan {}

  /** Changes and queries that WITH names, then a query or a change. */
  record WithChanges(List<WithStep> steps, StatementPlan main) implements StatementPlan {
    public WithChanges {
      steps = List.copyOf(steps);
    }
  }

  /**
   * @param columns as of {@link BoundStatement.WithStep}
   */
  record WithStep(int id, StatementPlan plan, List<Variable> columns) {
    public WithStep {
      columns = List.copyOf(columns);
    }
  }

  /** COPY … FROM; the expressions of {@code copy} are planned. */
  record CopyIn(BoundStatement.CopyIn copy) implements StatementPlan {}

  /** COPY … TO of the rows of {@code root}. */
  record CopyOut(PhysicalPlan root, BoundStatement.CopyOut copy) implements StatementPlan {}
}
