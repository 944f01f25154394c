// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import java.util.List;

/** Identifiers within stored text. */
public final class IdentifierText {
  private IdentifierText() {}

  /** Whether {@code text} has an identifier that means {@code name}. */
  public static boolean contains(String text, String name) {
    return Lexer.tokens(text).stream().anyMatch(token -> means(token, name));
  }

  /**
   * The text with every identifier that means {@code name}, and is no function's, replaced.
   *
   * @param replacement as it is to be written: quoted where it must be
   */
  public static String renamed(String text, String name, String replacement) {
    List<SqlToken> tokens = Lexer.tokens(text);
    StringBuilder result = new StringBuilder();
    int copied = 0;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      boolean called =
          i + 1 < tokens.size() && tokens.get(i + 1).getType() == DistDbSqlParser.LEFT_PAREN;
      if (means(token, name) && !called) {
        result.append(text, copied, token.getStartIndex()).append(replacement);
        copied = token.getStopIndex() + 1;
      }
    }
    return result.append(text, copied, text.length()).toString();
  }

  private static boolean means(SqlToken token, String name) {
    boolean word =
        token.getType() == DistDbSqlParser.IDENTIFIER || Keywords.isKeyword(token.getType());
    return word && token.content() != null && token.content().equals(name);
  }
}
