// SPDX-License-Identifier: MIT
package io.distdb.sql.activity;

import java.util.regex.Pattern;

/** Keeps what statements should not tell out of tables and logs. */
public final class Secrets {
  /** PASSWORD and the string behind it, closed or not: 'it''s', E'\'', $$it's$$. */
  private static final Pattern PASSWORD =
      Pattern.compile(
          "(\\bPASSWORD\\b\\s*=?\\s*)"
              + "(?:[EeUuNn]?&?'(?:[^'\\\\]|''|\\\\.)*+'?|\\$(\\w*)\\$.*?(?:\\$\\2\\$|$))",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private Secrets() {}

  /** The statement with {@code '***'} for passwords. */
  public static String masked(String statement) {
    return PASSWORD.matcher(statement).replaceAll("$1'***'");
  }
}
