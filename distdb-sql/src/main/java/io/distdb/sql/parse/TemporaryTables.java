// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.SchemaStatement.OnCommit;
import io.distdb.sql.ast.SchemaStatement.Temporary;
import java.util.List;
import java.util.Optional;

/** CREATE TEMPORARY TABLE … ON COMMIT. */
final class TemporaryTables {
  private TemporaryTables() {}

  static Optional<Temporary> of(DistDbSqlParser.CreateTableContext context) {
    DistDbSqlParser.TablePersistenceContext persistence = context.tablePersistence();
    if (persistence != null && persistence.UNLOGGED() != null) {
      throw Spans.unsupported("UNLOGGED", persistence);
    }
    List<DistDbSqlParser.CreateTableOptionContext> options =
        context.createTableOption().stream().filter(option -> option.COMMIT() != null).toList();
    if (options.size() > 1) {
      throw Spans.syntaxError(options.get(1));
    }
    Optional<OnCommit> onCommit = options.stream().findFirst().map(TemporaryTables::onCommit);
    if (persistence == null && onCommit.isPresent()) {
      throw new DistDbException(
              ErrorCode.INVALID_TABLE_DEFINITION, "ON COMMIT can only be used on temporary tables")
          .at(Spans.of(options.getFirst()).position());
    }
    return persistence == null
        ? Optional.empty()
        : Optional.of(new Temporary(onCommit.orElse(OnCommit.PRESERVE_ROWS)));
  }

  private static OnCommit onCommit(DistDbSqlParser.CreateTableOptionContext option) {
    if (option.DROP() != null) {
      return OnCommit.DROP;
    }
    if (option.DELETE() != null) {
      return OnCommit.DELETE_ROWS;
    }
    if (!Spans.token(option.IDENTIFIER()).content().equals("preserve")) {
      throw Spans.syntaxError(option);
    }
    return OnCommit.PRESERVE_ROWS;
  }
}
