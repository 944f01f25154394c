// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.txn.LockStrength;
import io.distdb.sql.ast.Statement;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.ast.UtilityStatement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * LOCK TABLE. Tables have locks of two strengths: writers share one, definitions have the other.
 * The modes that go with writers are the first; those that keep writers out are the second.
 */
final class LockBuilder {
  private LockBuilder() {}

  static Statement build(DistDbSqlParser.LockTableContext context) {
    List<TableName> tables =
        context.lockedTable().stream()
            .map(table -> NameBuilder.table(table.qualifiedName()))
            .toList();
    return new UtilityStatement.LockTable(Spans.of(context), tables, strength(context));
  }

  private static LockStrength strength(DistDbSqlParser.LockTableContext context) {
    if (context.NOWAIT() != null) {
      throw Spans.unsupported("NOWAIT of LOCK TABLE", context.NOWAIT());
    }
    if (context.IN() == null) {
      return LockStrength.EXCLUSIVE;
    }
    String words =
        context.name().stream()
            .map(word -> word.getText().toUpperCase(Locale.ROOT))
            .collect(Collectors.joining(" "));
    return switch (words) {
      case "ACCESS SHARE MODE", "ROW SHARE MODE", "ROW EXCLUSIVE MODE" -> LockStrength.SHARED;
      case "SHARE MODE", "SHARE ROW EXCLUSIVE MODE", "EXCLUSIVE MODE", "ACCESS EXCLUSIVE MODE" ->
          LockStrength.EXCLUSIVE;
      case "SHARE UPDATE EXCLUSIVE MODE" ->
          throw Spans.unsupported("SHARE UPDATE EXCLUSIVE MODE", context.name(0));
      default -> throw unknown(context);
    };
  }

  /** NOWAIT is a word like those of the mode. */
  private static DistDbException unknown(DistDbSqlParser.LockTableContext context) {
    DistDbSqlParser.NameContext last = context.name().getLast();
    return last.getText().equalsIgnoreCase("nowait")
        ? Spans.unsupported("NOWAIT of LOCK TABLE", last)
        : Spans.syntaxError(context.name(0));
  }
}
