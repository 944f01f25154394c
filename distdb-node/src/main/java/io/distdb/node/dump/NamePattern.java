// SPDX-License-Identifier: MIT
package io.distdb.node.dump;

import io.distdb.sql.catalog.Table;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which tables are meant, as psql's patterns say it: {@code *} for any characters, {@code ?} for
 * one, a dot between schema and name; letters are folded and these signs have their meaning outside
 * of double quotes only. Without a schema it means {@code public}.
 */
public final class NamePattern {
  private final String text;
  private final Pattern schema;
  private final Pattern name;

  private NamePattern(String text, Pattern schema, Pattern name) {
    this.text = text;
    this.schema = schema;
    this.name = name;
  }

  public static NamePattern of(String text) {
    StringBuilder part = new StringBuilder();
    Pattern schema = Pattern.compile(Pattern.quote(Table.PUBLIC));
    boolean quoted = false;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        boolean doubled = quoted && text.startsWith("\"\"", at);
        part.append(doubled ? "\"" : "");
        at += doubled ? 1 : 0;
        quoted = doubled == quoted;
      } else if (c == '.' && !quoted) {
        schema = Pattern.compile(part.toString(), Pattern.DOTALL);
        part.setLength(0);
      } else {
        part.append(piece(c, quoted));
      }
    }
    return new NamePattern(text, schema, Pattern.compile(part.toString(), Pattern.DOTALL));
  }

  private static String piece(char c, boolean quoted) {
    if (quoted) {
      return Pattern.quote(String.valueOf(c));
    }
    return switch (c) {
      case '*' -> ".*";
      case '?' -> ".";
      default -> Pattern.quote(String.valueOf(c).toLowerCase(Locale.ROOT));
    };
  }

  boolean matches(String ofSchema, String ofName) {
    return schema.matcher(ofSchema).matches() && name.matcher(ofName).matches();
  }

  /** Of a schema, say: a name that is not within another. */
  boolean matchesName(String whole) {
    return name.matcher(whole).matches();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
