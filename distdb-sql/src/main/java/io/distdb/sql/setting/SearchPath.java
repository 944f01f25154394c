// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The value of {@code search_path}: names of schemas, folded unless quoted, between commas. */
public final class SearchPath {
  /** The schema of the user's name: there are no users yet. */
  private static final String USER = "$user";

  private SearchPath() {}

  public static List<String> parse(String value) {
    List<String> schemas = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    boolean quoted = false;
    boolean wasQuoted = false;
    for (int i = 0; i <= value.length(); i++) {
      char c = i == value.length() ? ',' : value.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < value.length() && value.charAt(i + 1) == '"') {
          name.append(c);
          i++;
        } else {
          quoted = !quoted;
          wasQuoted = true;
        }
      } else if (c == ',' && (!quoted || i == value.length())) {
        String text = name.toString();
        text = wasQuoted ? text : text.strip().toLowerCase(Locale.ROOT);
        if (!text.isEmpty() && !text.equals(USER)) {
          schemas.add(text);
        }
        name.setLength(0);
        wasQuoted = false;
      } else if (quoted || c != ' ') {
        name.append(c);
      }
    }
    return List.copyOf(schemas);
  }
}
