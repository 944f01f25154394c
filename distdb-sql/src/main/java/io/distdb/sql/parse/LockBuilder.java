// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.txn.LockStrength;
import io.distdb.sql.ast.Statement;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.ast.UtilityStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    List<String> words =
        new ArrayList<>(
            context.name().stream().map(word -> word.getText().toUpperCase(Locale.ROOT)).toList());
    // NOWAIT is a word like those of the mode
    boolean last = words.size() > 1 && words.getLast().equals("NOWAIT");
    if (last) {
      words.removeLast();
    }
    boolean waits = !last && context.NOWAIT() == null;
    return new UtilityStatement.LockTable(
        Spans.of(context), tables, strength(context, String.join(" ", words)), waits);
  }

  /**
   * @param words of the mode, in upper case
   */
  private static LockStrength strength(DistDbSqlParser.LockTableContext context, String words) {
    if (context.IN() == null) {
      return LockStrength.EXCLUSIVE;
    }
    return switch (words) {
      case "ACCESS SHARE MODE", "ROW SHARE MODE", "ROW EXCLUSIVE MODE" -> LockStrength.SHARED;
      case "SHARE MODE", "SHARE ROW EXCLUSIVE MODE", "EXCLUSIVE MODE", "ACCESS EXCLUSIVE MODE" ->
          LockStrength.EXCLUSIVE;
      case "SHARE UPDATE EXCLUSIVE MODE" ->
          throw Spans.unsupported("SHARE UPDATE EXCLUSIVE MODE", context.name(0));
      default -> throw Spans.syntaxError(context.name(0));
    };
  }
}
