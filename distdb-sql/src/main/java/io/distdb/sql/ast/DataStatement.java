// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

import java.util.List;
import java.util.Optional;

/** INSERT, UPDATE, DELETE. */
public sealed interface DataStatement extends Statement {
  TableName table();

  /**
   * @param columns empty: all, in table order
   * @param source absent: DEFAULT VALUES
   */
  record Insert(
      SourceSpan span,
      TableName table,
      Optional<Name> alias,
      List<Name> columns,
      Optional<Query> source)
      implements DataStatement {
    public Insert {
      columns = List.copyOf(columns);
    }
  }

  record Update(
      SourceSpan span,
      TableName table,
      Optional<Name> alias,
      List<SetItem> items,
      Optional<Expr> where)
      implements DataStatement {
    public Update {
      items = List.copyOf(items);
    }
  }

  record SetItem(Name column, Expr value) {}

  record Delete(SourceSpan span, TableName table, Optional<Name> alias, Optional<Expr> where)
      implements DataStatement {}
}
