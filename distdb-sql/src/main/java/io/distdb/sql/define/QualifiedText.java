// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.sql.analyze.BareName;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.text.Texts;
import java.util.List;

/**
 * The text of a query that is kept, with every relation under the name of its schema, so that it
 * means the same on any search path. Temporary tables stay as they are: they go with the session
 * that has them.
 */
final class QualifiedText {
  private QualifiedText() {}

  /**
   * @param start of {@code text} in its statement, in characters
   * @param names in the order of the text
   */
  static String of(String text, int start, List<BareName> names) {
    StringBuilder result = new StringBuilder();
    int copied = 0;
    for (BareName name : names) {
      if (!Schema.isTemporary(name.schema())) {
        int at = text.offsetByCodePoints(0, name.start() - start);
        result.append(text, copied, at).append(Texts.identifier(name.schema())).append('.');
        copied = at;
      }
    }
    return result.append(text, copied, text.length()).toString();
  }
}
