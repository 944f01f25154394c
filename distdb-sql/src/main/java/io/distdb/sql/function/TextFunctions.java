// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import static io.distdb.api.type.SqlType.BOOLEAN;
import static io.distdb.api.type.SqlType.BYTEA;
import static io.distdb.api.type.SqlType.CHAR;
import static io.distdb.api.type.SqlType.INTEGER;
import static io.distdb.api.type.SqlType.TEXT;

import io.distdb.api.type.SqlType;
import java.util.List;

/** Functions and operators of text; positions and lengths are in characters from 1. */
final class TextFunctions {
  /**
   * {@code ||} concatenates. {@code a ~~ b} is {@code a LIKE b}, {@code ~~*} is ILIKE; the escape
   * character is a backslash, and {@code like_escape(pattern, escape)} rewrites a pattern with
   * another one. The blanks of a CHAR count there.
   */
  static final List<ScalarFunction> OPERATORS =
      List.of(
          operator("||", TEXT, TEXT, TEXT),
          operator("||", BYTEA, BYTEA, BYTEA),
          operator("~~", BOOLEAN, TEXT, TEXT),
          operator("~~*", BOOLEAN, TEXT, TEXT),
          operator("~~", BOOLEAN, CHAR, TEXT),
          operator("~~*", BOOLEAN, CHAR, TEXT));

  static final List<ScalarFunction> ALL =
      List.of(
          function("like_escape", TEXT, TEXT, TEXT),
          function("lower", TEXT, TEXT),
          function("upper", TEXT, TEXT),
          function("length", INTEGER, TEXT),
          function("length", INTEGER, BYTEA),
          function("octet_length", INTEGER, BYTEA),
          function("octet_length", INTEGER, TEXT),
          function("substr", TEXT, TEXT, INTEGER),
          function("substr", TEXT, TEXT, INTEGER, INTEGER),
          function("left", TEXT, TEXT, INTEGER),
          function("right", TEXT, TEXT, INTEGER),
          function("strpos", INTEGER, TEXT, TEXT),
          function("replace", TEXT, TEXT, TEXT, TEXT),
          function("repeat", TEXT, TEXT, INTEGER),
          function("reverse", TEXT, TEXT),
          function("btrim", TEXT, TEXT),
          function("btrim", TEXT, TEXT, TEXT),
          function("ltrim", TEXT, TEXT),
          function("ltrim", TEXT, TEXT, TEXT),
          function("rtrim", TEXT, TEXT),
          function("rtrim", TEXT, TEXT, TEXT));

  private TextFunctions() {}

  private static ScalarFunction function(String name, SqlType result, SqlType... arguments) {
    return new ScalarFunction(name, List.of(arguments), result, false);
  }

  private static ScalarFunction operator(String name, SqlType result, SqlType... arguments) {
    return new ScalarFunction(name, List.of(arguments), result, true);
  }
}
