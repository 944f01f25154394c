// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

import java.util.List;
import java.util.Optional;

/**
 * COPY.
 *
 * @param table absent: {@code query} is copied
 * @param columns empty: all, in table order
 * @param from whether rows come in
 * @param file absent: STDIN or STDOUT
 * @param where which rows come in
 */
public record CopyStatement(
    SourceSpan span,
    Optional<TableName> table,
    List<Name> columns,
    Optional<Query> query,
    boolean from,
    Optional<String> file,
    List<CopyOption> options,
    Optional<Expr> where)
    implements Statement {
  public CopyStatement {
    columns = List.copyOf(columns);
    options = List.copyOf(options);
  }

  /**
   * @param name in lower case, words joined by underscores: {@code force_not_null}
   * @param value absent: none was written
   * @param columns of the FORCE options
   * @param all {@code *} in their place
   */
  public record CopyOption(
      SourceSpan span, String name, Optional<String> value, List<Name> columns, boolean all) {
    public CopyOption {
      columns = List.copyOf(columns);
    }
  }
}
