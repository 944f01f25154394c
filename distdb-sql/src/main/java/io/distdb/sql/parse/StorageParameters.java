// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.List;
import java.util.Locale;

/**
 * WITH (fillfactor = 90) of tables and indexes: PostgreSQL's advice on how to lay rows out on
 * pages. DistDB has no such pages; what is taken is checked as PostgreSQL checks it, and has no
 * effect. PostgreSQL's documentation, "Storage Parameters".
 */
final class StorageParameters {
  private static final int FILL_MIN = 10;
  private static final int FILL_MAX = 100;

  private StorageParameters() {}

  /**
   * @param words between the parentheses
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: a value that none can be; {@code
   *     FEATURE_NOT_SUPPORTED}: another parameter
   */
  static void check(List<DistDbSqlParser.BalancedContext> words) {
    int at = 0;
    while (at < words.size()) {
      int end = at;
      while (end < words.size() && !words.get(end).getText().equals(",")) {
        end++;
      }
      check(words, at, end);
      at = end + 1;
    }
  }

  private static void check(List<DistDbSqlParser.BalancedContext> words, int from, int to) {
    DistDbSqlParser.BalancedContext first = words.get(Math.min(from, words.size() - 1));
    boolean assigned = to - from == 3 && words.get(from + 1).getText().equals("=");
    if (from == to || !assigned && to - from != 1) {
      throw Spans.syntaxError(first);
    }
    String name = first.getText().toLowerCase(Locale.ROOT);
    if (!name.equals("fillfactor")) {
      throw Spans.unsupported("storage parameter \"" + name + "\"", first);
    }
    if (!assigned) {
      throw wrong("invalid value for integer option \"fillfactor\": true", first);
    }
    checkFill(words.get(from + 2));
  }

  private static void checkFill(DistDbSqlParser.BalancedContext given) {
    String text = Spans.first(given).content();
    int value;
    try {
      value = Integer.parseInt(text);
    } catch (NumberFormatException none) {
      throw wrong("invalid value for integer option \"fillfactor\": " + text, given);
    }
    if (value < FILL_MIN || value > FILL_MAX) {
      throw wrong("value " + value + " out of bounds for option \"fillfactor\"", given)
          .withDetail("Valid values are between \"" + FILL_MIN + "\" and \"" + FILL_MAX + "\".");
    }
  }

  private static DistDbException wrong(String message, DistDbSqlParser.BalancedContext place) {
    return new DistDbException(ErrorCode.INVALID_PARAMETER_VALUE, message)
        .at(Spans.of(place).position());
  }
}
