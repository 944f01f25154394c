// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The value of {@code search_path}: names of schemas, folded unless quoted, between commas. */
public final class SearchPath {
  /** Stands for the schema of the user's name. */
  public static final String USER = "$user";

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
        if (!text.isEmpty()) {
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
