// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SourceSpan;
import java.util.List;
import java.util.Optional;

/** SELECT … INTO table, which is CREATE TABLE AS (PostgreSQL's chapter on SELECT INTO). */
final class SelectInto {
  private SelectInto() {}

  /** The SELECT that has INTO where it may: the statement's first. */
  static Optional<DistDbSqlParser.SelectContext> find(DistDbSqlParser.QueryContext context) {
    DistDbSqlParser.QueryTermContext term = context.queryTerm();
    while (!(term instanceof DistDbSqlParser.SingleTermContext)) {
      term = (DistDbSqlParser.QueryTermContext) term.getChild(0);
    }
    return ((DistDbSqlParser.SingleTermContext) term).queryPrimary()
                instanceof DistDbSqlParser.SelectTermContext first
            && first.select().INTO() != null
        ? Optional.of(first.select())
        : Optional.empty();
  }

  static SchemaStatement build(DistDbSqlParser.SelectContext select, SourceSpan span, Query query) {
    if (select.UNLOGGED() != null) {
      throw Spans.unsupported("UNLOGGED", select.UNLOGGED());
    }
    boolean temporary = select.TEMP() != null || select.TEMPORARY() != null;
    return new SchemaStatement.CreateTableAs(
        span,
        NameBuilder.table(select.qualifiedName()),
        List.of(),
        query,
        true,
        false,
        temporary
            ? Optional.of(new SchemaStatement.Temporary(SchemaStatement.OnCommit.PRESERVE_ROWS))
            : Optional.empty());
  }
}
