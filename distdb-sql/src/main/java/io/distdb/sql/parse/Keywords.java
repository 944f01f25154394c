// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.antlr.v4.runtime.Vocabulary;

/** Words that are not plain identifiers, and the token types they have. */
public final class Keywords {
  private static final List<String> SESSION_VALUES =
      List.of(
          "current_catalog",
          "current_date",
          "current_role",
          "current_schema",
          "current_time",
          "current_timestamp",
          "current_user",
          "localtime",
          "localtimestamp",
          "session_user",
          "system_user",
          "user");

  /** Reserved by PostgreSQL, and used by no rule of ours. */
  private static final List<String> OTHER_RESERVED =
      List.of("analyse", "binary", "collation", "freeze", "variadic");

  private static final Map<String, Integer> TYPES = types();

  private Keywords() {}

  /** The grammar's tokens are listed with symbols first and keywords from ALL on. */
  private static Map<String, Integer> types() {
    Map<String, Integer> types = new HashMap<>();
    Vocabulary vocabulary = DistDbSqlParser.VOCABULARY;
    for (int type = DistDbSqlParser.ALL; type <= vocabulary.getMaxTokenType(); type++) {
      types.put(vocabulary.getSymbolicName(type).toLowerCase(Locale.ROOT), type);
    }
    types.remove("skip_word");
    types.put("skip", DistDbSqlParser.SKIP_WORD);
    types.remove("operator_word");
    types.put("operator", DistDbSqlParser.OPERATOR_WORD);
    types.remove("session_value");
    SESSION_VALUES.forEach(word -> types.put(word, DistDbSqlParser.SESSION_VALUE));
    OTHER_RESERVED.forEach(word -> types.put(word, DistDbSqlParser.RESERVED_WORD));
    return types;
  }

  /** Every word of the language, in lower case, sorted. */
  public static List<String> words() {
    return TYPES.keySet().stream().sorted().toList();
  }

  /** {@code R}, {@code T}, {@code C} or {@code U}: PostgreSQL's categories, from strict to free. */
  public static String category(String word) {
    int type = TYPES.get(word);
    if (type == DistDbSqlParser.RESERVED_WORD || type <= DistDbSqlParser.SESSION_VALUE) {
      return "R";
    }
    if (type <= DistDbSqlParser.VERBOSE) {
      return "T";
    }
    return type <= DistDbSqlParser.VALUES ? "C" : "U";
  }

  static int typeOf(String foldedWord) {
    return TYPES.getOrDefault(foldedWord, DistDbSqlParser.IDENTIFIER);
  }

  /** Whether tokens of this type are written as a word of the language. */
  static boolean isKeyword(int type) {
    return type >= DistDbSqlParser.ALL;
  }

  /** How a keyword is written. */
  static String wordOf(int type) {
    return switch (type) {
      case DistDbSqlParser.SKIP_WORD -> "SKIP";
      case DistDbSqlParser.OPERATOR_WORD -> "OPERATOR";
      default -> DistDbSqlParser.VOCABULARY.getSymbolicName(type);
    };
  }
}
