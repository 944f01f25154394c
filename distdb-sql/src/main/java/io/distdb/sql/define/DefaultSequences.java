// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.analyze.SequenceNames;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.TableColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sequences that the text of a default names as literals of {@code nextval}. */
final class DefaultSequences {
  private static final Pattern NEXTVAL =
      Pattern.compile("nextval\\s*\\(\\s*'((?:[^']|'')*)'", Pattern.CASE_INSENSITIVE);

  private DefaultSequences() {}

  static boolean uses(TableColumn column, Sequence sequence, NameResolver names) {
    if (column.defaultText().isEmpty()) {
      return false;
    }
    for (String name : named(column.defaultText().get())) {
      if (names.sequence(SequenceNames.parse(name)).filter(sequence::equals).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static List<String> named(String text) {
    List<String> names = new ArrayList<>();
    Matcher matcher = NEXTVAL.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1).replace("''", "'"));
    }
    return names;
  }

  /** The text with {@code before} under its new name. */
  static String renamed(String text, Sequence before, Sequence after, NameResolver names) {
    Matcher matcher = NEXTVAL.matcher(text);
    StringBuilder result = new StringBuilder();
    int copied = 0;
    while (matcher.find()) {
      String name = matcher.group(1).replace("''", "'");
      if (names.sequence(SequenceNames.parse(name)).filter(before::equals).isPresent()) {
        result.append(text, copied, matcher.start(1));
        result.append(ObjectNames.quoted(after.schema(), after.name()).replace("'", "''"));
        copied = matcher.end(1);
      }
    }
    return result.append(text, copied, text.length()).toString();
  }
}
