// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.ast.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names of relations within strings, as {@code nextval('s')} and {@code regclass} have them. */
public final class SequenceNames {
  private static final SourceSpan NOWHERE = new SourceSpan(0, 0);

  private SequenceNames() {}

  /**
   * Reads {@code name} or {@code schema.name}: folded to lower case unless quoted.
   *
   * @throws DistDbException {@code INVALID_NAME}
   */
  public static TableName parse(String text) {
    List<Name> parts = new ArrayList<>();
    int at = 0;
    while (true) {
      StringBuilder part = new StringBuilder();
      at = part(text, at, part);
      parts.add(new Name(NOWHERE, part.toString()));
      if (at >= text.length()) {
        break;
      }
      at++; // the dot
    }
    if (parts.size() > 2) {
      throw invalid(text);
    }
    Optional<Name> schema = parts.size() == 2 ? Optional.of(parts.getFirst()) : Optional.empty();
    return new TableName(NOWHERE, schema, parts.getLast());
  }

  /** Appends the name at {@code from}; answers where its dot or the end is. */
  private static int part(String text, int from, StringBuilder part) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '"') {
      int close = quoted(text, at + 1, part);
      at = close;
    } else {
      int start = at;
      while (at < text.length() && text.charAt(at) != '.') {
        at++;
      }
      part.append(text.substring(start, at).strip().toLowerCase(Locale.ROOT));
    }
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (part.isEmpty() || at < text.length() && text.charAt(at) != '.') {
      throw invalid(text);
    }
    return at;
  }

  private static int quoted(String text, int from, StringBuilder part) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
          at++;
        } else {
          return at + 1;
        }
      }
      part.append(c);
      at++;
    }
    throw invalid(text);
  }

  private static DistDbException invalid(String text) {
    return new DistDbException(ErrorCode.INVALID_NAME, "invalid name syntax")
        .withDetail("\"" + text + "\" names no relation.");
  }
}
