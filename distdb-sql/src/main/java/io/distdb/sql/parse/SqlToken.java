// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.sql.ast.SourceSpan;
import org.antlr.v4.runtime.CommonToken;

/**
 * A token that knows where it is twice over: {@code start} in chars of the string, as the scanner
 * counts, and its span in characters, as people and PostgreSQL count.
 */
final class SqlToken extends CommonToken {
  private static final long serialVersionUID = 1L;

  private final int characterStart;
  private final int characterEnd;

  /** What a string or quoted identifier says, or the text as it is written. */
  private final String content;

  SqlToken(
      int type, String written, String content, int start, int end, int characterStart, int extra) {
    super(type, written);
    this.content = content;
    this.characterStart = characterStart;
    this.characterEnd = characterStart + (end - start) - extra;
    setStartIndex(start);
    setStopIndex(end - 1);
  }

  String content() {
    return content;
  }

  SourceSpan span() {
    return new SourceSpan(characterStart, characterEnd);
  }

  int position() {
    return characterStart + 1;
  }
}
