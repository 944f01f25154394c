// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.text.Regex;
import io.distdb.sql.text.RegexFlags;
import io.distdb.sql.text.SimilarPattern;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/** Operators and functions of regular expressions, but for those that count matches. */
final class RegexFunctions {
  private RegexFunctions() {}

  static void addTo(FunctionTable table) {
    operator(table, "~", RegexFlags.NONE, true);
    operator(table, "~*", RegexFlags.IGNORE_CASE, true);
    operator(table, "!~", RegexFlags.NONE, false);
    operator(table, "!~*", RegexFlags.IGNORE_CASE, false);
    table.add(
        "similar_to_escape(text) text",
        (r, i, a) -> r.texts[i] = SimilarPattern.toRegex(a[0].texts[i], "\\"));
    table.add(
        "similar_to_escape(text,text) text",
        (r, i, a) -> r.texts[i] = SimilarPattern.toRegex(a[0].texts[i], a[1].texts[i]));
    table.add(
        "substring(text,text) text",
        (x, r, i, a) -> substring(x, r, i, a[0].texts[i], a[1].texts[i]));
    table.add(
        "substring(text,text,text) text",
        (x, r, i, a) ->
            substring(
                x, r, i, a[0].texts[i], SimilarPattern.toRegex(a[1].texts[i], a[2].texts[i])));
    replacing(table);
    arrays(table);
  }

  private static void operator(
      FunctionTable table, String symbol, RegexFlags flags, boolean expected) {
    table.add(
        symbol + "(text,text) bool",
        (x, r, i, a) ->
            r.longs[i] =
                Regex.of(a[1].texts[i], flags).isFoundIn(a[0].texts[i], check(x)) == expected
                    ? 1
                    : 0);
  }

  static Runnable check(Caller caller) {
    return caller::checkCanceled;
  }

  private static void substring(
      Caller caller, Vector result, int row, String text, String pattern) {
    String found = Regex.of(pattern, RegexFlags.NONE).substring(text, check(caller));
    result.nulls[row] = found == null;
    result.texts[row] = found;
  }

  private static void replacing(FunctionTable table) {
    table.add("regexp_replace(text,text,text) text", (x, r, i, a) -> replace(x, r, i, a, 1, 1, ""));
    table.add(
        "regexp_replace(text,text,text,text) text",
        (x, r, i, a) -> replace(x, r, i, a, 1, -1, a[3].texts[i]));
    table.add(
        "regexp_replace(text,text,text,int4) text",
        (x, r, i, a) -> replace(x, r, i, a, a[3].longs[i], 1, ""));
    table.add(
        "regexp_replace(text,text,text,int4,int4) text",
        (x, r, i, a) -> replace(x, r, i, a, a[3].longs[i], a[4].longs[i], ""));
    table.add(
        "regexp_replace(text,text,text,int4,int4,text) text",
        (x, r, i, a) -> replace(x, r, i, a, a[3].longs[i], a[4].longs[i], a[5].texts[i]));
  }

  /**
   * @param occurrence -1: the first, or all when the flags say so
   */
  private static void replace(
      Caller caller,
      Vector result,
      int row,
      Vector[] arguments,
      long start,
      long occurrence,
      String letters) {
    RegexFlags flags = RegexFlags.of(letters);
    if (occurrence >= 0) {
      notGlobal(flags, "regexp_replace");
      require(start > 0, "start", start);
    }
    String text = arguments[0].texts[row];
    int number = occurrence >= 0 ? (int) occurrence : flags.all() ? 0 : 1;
    result.texts[row] =
        Regex.of(arguments[1].texts[row], flags)
            .replace(text, arguments[2].texts[row], offset(text, start), number, check(caller));
  }

  /** Where character {@code start}, from 1, is; beyond the text's end when there is none. */
  static int offset(String text, long start) {
    return start - 1 > text.codePointCount(0, text.length())
        ? text.length() + 1
        : text.offsetByCodePoints(0, (int) (start - 1));
  }

  static void require(boolean holds, String parameter, long value) {
    if (!holds) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "invalid value for parameter \"" + parameter + "\": " + value);
    }
  }

  static void notGlobal(RegexFlags flags, String function) {
    if (flags.all()) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          function + "() does not support the \"global\" option");
    }
  }

  private static void arrays(FunctionTable table) {
    FunctionCode match =
        (x, r, i, a) -> {
          RegexFlags flags = a.length > 2 ? RegexFlags.of(a[2].texts[i]) : RegexFlags.NONE;
          if (flags.all()) {
            throw new DistDbException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "regexp_match() does not support the \"global\" option")
                .withHint("Use the regexp_matches function instead.");
          }
          List<Regex.Match> found =
              Regex.of(a[1].texts[i], flags).matches(a[0].texts[i], 0, false, check(x));
          r.nulls[i] = found.isEmpty();
          r.objects[i] = found.isEmpty() ? null : array(found.getFirst().groups());
        };
    table.add("regexp_match(text,text) text[]", match);
    table.add("regexp_match(text,text,text) text[]", match);
    FunctionCode split =
        (x, r, i, a) -> {
          RegexFlags flags = a.length > 2 ? RegexFlags.of(a[2].texts[i]) : RegexFlags.NONE;
          notGlobal(flags, "regexp_split_to_array");
          r.objects[i] = array(Regex.of(a[1].texts[i], flags).split(a[0].texts[i], check(x)));
        };
    table.add("regexp_split_to_array(text,text) text[]", split);
    table.add("regexp_split_to_array(text,text,text) text[]", split);
  }

  static SqlArray array(List<String> texts) {
    List<Value> elements = new ArrayList<>(texts.size());
    texts.forEach(text -> elements.add(Value.of(text)));
    return SqlArray.of(SqlType.TEXT, elements);
  }
}
