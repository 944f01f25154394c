// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Interval;
import io.distdb.api.type.Value;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.datetime.IntervalFields;
import io.distdb.sql.datetime.IntervalInput;
import io.distdb.sql.function.TypeOutput;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * {@code interval '90' minute}, {@code interval '1-2' year to month} (documentation, 8.5.4). The
 * names of fields are no keywords; after the text of an INTERVAL they are not aliases either.
 */
final class IntervalConstant {
  private static final Set<String> NAMES =
      Set.of("year", "month", "day", "hour", "minute", "second");
  private static final Map<String, IntervalFields> FIELDS =
      Arrays.stream(IntervalFields.values())
          .filter(fields -> fields != IntervalFields.ALL)
          .collect(
              Collectors.toUnmodifiableMap(
                  fields -> fields.name().toLowerCase(Locale.ROOT), fields -> fields));

  private IntervalConstant() {}

  /** Makes the word at {@code index} a field when it stands where one does. */
  static void mark(List<SqlToken> tokens, int index) {
    boolean first =
        index >= 2
            && tokens.get(index - 1).getType() == DistDbSqlParser.STRING
            && isWord(tokens.get(index - 2), "interval");
    boolean second =
        index >= 2
            && tokens.get(index - 1).getType() == DistDbSqlParser.TO
            && tokens.get(index - 2).getType() == DistDbSqlParser.INTERVAL_FIELD;
    SqlToken token = tokens.get(index);
    if ((first || second) && isUnquoted(token) && NAMES.contains(token.content())) {
      token.setType(DistDbSqlParser.INTERVAL_FIELD);
    }
  }

  private static boolean isWord(SqlToken token, String word) {
    return token.getType() == DistDbSqlParser.IDENTIFIER
        && isUnquoted(token)
        && token.content().equals(word);
  }

  private static boolean isUnquoted(SqlToken token) {
    return token.getText().charAt(0) != '"';
  }

  /**
   * The text of the interval that {@code text} is of these fields.
   *
   * @throws DistDbException {@code SYNTAX_ERROR} when they are no range, {@code
   *     INVALID_DATETIME_FORMAT}, {@code INTERVAL_FIELD_OVERFLOW}
   */
  static Expr of(SqlToken text, List<TerminalNode> fields) {
    SqlToken last = Spans.token(fields.getLast());
    String name =
        fields.stream()
            .map(field -> Spans.token(field).content())
            .collect(Collectors.joining("_to_"));
    IntervalFields kept = FIELDS.get(name);
    if (kept == null) {
      throw new DistDbException(
              ErrorCode.SYNTAX_ERROR, "syntax error at or near \"" + last.getText() + "\"")
          .at(last.position());
    }
    Interval interval;
    try {
      interval = IntervalInput.read(text.content(), kept);
    } catch (DistDbException failure) {
      throw failure.at(text.position());
    }
    return new Expr.StringConstant(
        text.span(), TypeOutput.text(new Value.IntervalValue(interval), ZoneOffset.UTC));
  }
}
