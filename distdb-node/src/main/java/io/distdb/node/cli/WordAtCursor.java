// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.Parser;

/**
 * The one word of a line that completion is about: what {@link Completion} takes for it, up to the
 * cursor. What replaces it is inserted as it is, without quotes or escapes.
 */
record WordAtCursor(String line, int cursor, String word) implements CompletingParsedLine {
  static WordAtCursor parse(String line, int cursor, Parser.ParseContext context) {
    String before = line.substring(0, cursor);
    return new WordAtCursor(line, cursor, before.substring(Completion.wordStart(before)));
  }

  @Override
  public int wordCursor() {
    return word.length();
  }

  @Override
  public int wordIndex() {
    return 0;
  }

  @Override
  public List<String> words() {
    return List.of(word);
  }

  @Override
  public CharSequence escape(CharSequence candidate, boolean complete) {
    return candidate;
  }

  @Override
  public int rawWordCursor() {
    return word.length();
  }

  @Override
  public int rawWordLength() {
    return word.length();
  }
}
