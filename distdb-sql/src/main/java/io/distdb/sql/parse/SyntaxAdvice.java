// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Hints for mistakes that are made often, most of them habits from other databases. */
final class SyntaxAdvice {
  private SyntaxAdvice() {}

  /** A hint, or null. */
  static String of(SqlToken offending, List<SqlToken> tokens, IntervalSet expected) {
    int index = tokens.indexOf(offending);
    SqlToken before = index > 0 ? tokens.get(index - 1) : null;
    String habit = habit(offending, before);
    if (habit != null) {
      return habit;
    }
    if (isWord(offending)) {
      String nearest = SyntaxErrors.nearestKeyword(offending.getText(), expected);
      if (nearest != null) {
        return "Perhaps you meant " + nearest + ".";
      }
    }
    if (expected.contains(DistDbSqlParser.IDENTIFIER) && isReserved(offending)) {
      return offending.getText().toUpperCase(Locale.ROOT)
          + " is a reserved word; to use it as a name, write \""
          + offending.getText().toLowerCase(Locale.ROOT)
          + "\" in double quotes.";
    }
    return misspelt(offending, tokens, index);
  }

  private static String habit(SqlToken offending, SqlToken before) {
    String text = offending.getText();
    if (text.startsWith("`") || (before != null && before.getText().startsWith("`"))) {
      return "Names are quoted with double quotes, not with backticks.";
    }
    if (text.equals("==") || (before != null && before.getText().equals("=="))) {
      return "Equality is written with one =.";
    }
    if (text.equalsIgnoreCase("auto_increment") || text.equalsIgnoreCase("autoincrement")) {
      return "Identity columns are not supported yet; without PRIMARY KEY a table has hidden row"
          + " ids.";
    }
    if (before != null && before.getType() == DistDbSqlParser.COMMA) {
      if (Keywords.isKeyword(offending.getType())
          || offending.getType() == DistDbSqlParser.RIGHT_PAREN
          || offending.getType() == Token.EOF) {
        return "Remove the comma before it, or add what is missing after the comma.";
      }
    }
    return null;
  }

  /** {@code SELECT * FORM t}: the parser is past the clause it could have been. */
  private static String misspelt(SqlToken offending, List<SqlToken> tokens, int index) {
    String nearest = nearestClause(offending);
    if (nearest == null && index > 0) {
      nearest = nearestClause(tokens.get(index - 1));
    }
    return nearest == null ? null : "Perhaps you meant " + nearest + ".";
  }

  private static String nearestClause(SqlToken token) {
    if (token.getType() != DistDbSqlParser.IDENTIFIER || token.getText().startsWith("\"")) {
      return null;
    }
    String written = token.getText().toUpperCase(Locale.ROOT);
    for (String clause :
        List.of(
            "SELECT", "FROM", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "VALUES", "INSERT",
            "UPDATE", "DELETE", "CREATE", "TABLE", "INTO")) {
      int distance = EditDistance.between(clause, written);
      if (EditDistance.isNear(distance, clause)) {
        return clause;
      }
    }
    return null;
  }

  private static boolean isWord(SqlToken token) {
    return token.getType() == DistDbSqlParser.IDENTIFIER || Keywords.isKeyword(token.getType());
  }

  private static boolean isReserved(SqlToken token) {
    return token.getType() == DistDbSqlParser.RESERVED_WORD
        || (token.getType() >= DistDbSqlParser.ALL && token.getType() < DistDbSqlParser.BETWEEN);
  }
}
