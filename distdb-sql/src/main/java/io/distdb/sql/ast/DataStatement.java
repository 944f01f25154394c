// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

import java.util.List;
import java.util.Optional;

/** INSERT, UPDATE, DELETE. */
public sealed interface DataStatement extends Statement {
  TableName table();

  /** What RETURNING lists; empty without it. */
  List<Query.SelectItem> returning();

  /**
   * @param columns empty: all, in table order
   * @param source absent: DEFAULT VALUES
   */
  record Insert(
      SourceSpan span,
      TableName table,
      Optional<Name> alias,
      List<Name> columns,
      Optional<Query> source,
      Overriding overriding,
      Optional<OnConflict> conflict,
      List<Query.SelectItem> returning)
      implements DataStatement {
    public Insert {
      columns = List.copyOf(columns);
      returning = List.copyOf(returning);
    }

    /** Inserts what {@code query} answers into the table's columns in order. */
    public static Insert all(SourceSpan span, TableName table, Query query) {
      return new Insert(
          span,
          table,
          Optional.empty(),
          List.of(),
          Optional.of(query),
          Overriding.NOTHING,
          Optional.empty(),
          List.of());
    }
  }

  /** Whose values identity columns get: {@code OVERRIDING SYSTEM | USER VALUE}. */
  enum Overriding {
    NOTHING,
    SYSTEM,
    USER
  }

  /**
   * {@code ON CONFLICT}.
   *
   * @param target absent: any unique key
   * @param update absent: DO NOTHING
   */
  record OnConflict(
      SourceSpan span, Optional<ConflictTarget> target, Optional<ConflictUpdate> update) {}

  /** The unique key whose violation counts as the conflict. */
  sealed interface ConflictTarget {
    SourceSpan span();
  }

  /**
   * @param where of a partial index
   */
  record ConflictColumns(SourceSpan span, List<Name> columns, Optional<Expr> where)
      implements ConflictTarget {
    public ConflictColumns {
      columns = List.copyOf(columns);
    }
  }

  record ConflictConstraint(SourceSpan span, Name name) implements ConflictTarget {}

  record ConflictUpdate(List<SetItem> items, Optional<Expr> where) {
    public ConflictUpdate {
      items = List.copyOf(items);
    }
  }

  /**
   * @param from other tables that {@code items} and {@code where} may refer to
   */
  record Update(
      SourceSpan span,
      TableName table,
      Optional<Name> alias,
      List<SetItem> items,
      List<Query.FromItem> from,
      Optional<Expr> where,
      List<Query.SelectItem> returning)
      implements DataStatement {
    public Update {
      items = List.copyOf(items);
      from = List.copyOf(from);
      returning = List.copyOf(returning);
    }
  }

  record SetItem(Name column, Expr value) {}

  /**
   * @param using other tables that {@code where} may refer to
   */
  record Delete(
      SourceSpan span,
      TableName table,
      Optional<Name> alias,
      List<Query.FromItem> using,
      Optional<Expr> where,
      List<Query.SelectItem> returning)
      implements DataStatement {
    public Delete {
      using = List.copyOf(using);
      returning = List.copyOf(returning);
    }
  }

  /** A statement after WITH, whose queries may name the tables. */
  record WithTables(SourceSpan span, Query.With with, DataStatement statement)
      implements DataStatement {
    @Override
    public TableName table() {
      return statement.table();
    }

    @Override
    public List<Query.SelectItem> returning() {
      return statement.returning();
    }
  }
}
