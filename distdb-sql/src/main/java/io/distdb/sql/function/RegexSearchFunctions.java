// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.sql.text.Regex;
import io.distdb.sql.text.RegexFlags;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** {@code regexp_like}, {@code regexp_count}, {@code regexp_instr}, {@code regexp_substr}. */
final class RegexSearchFunctions {
  private RegexSearchFunctions() {}

  static void addTo(FunctionTable table) {
    FunctionCode like =
        (x, r, i, a) -> {
          RegexFlags flags = flags(a, 2, i, "regexp_like");
          boolean found =
              Regex.of(a[1].texts[i], flags).isFoundIn(a[0].texts[i], RegexFunctions.check(x));
          r.longs[i] = found ? 1 : 0;
        };
    table.add("regexp_like(text,text) bool", like);
    table.add("regexp_like(text,text,text) bool", like);
    FunctionCode count =
        (x, r, i, a) -> {
          RegexFlags flags = flags(a, 3, i, "regexp_count");
          long start = number(a, 2, i, 1);
          RegexFunctions.require(start > 0, "start", start);
          String text = a[0].texts[i];
          r.longs[i] =
              Regex.of(a[1].texts[i], flags)
                  .matches(text, RegexFunctions.offset(text, start), true, RegexFunctions.check(x))
                  .size();
        };
    add(table, "regexp_count", "int4", count, ",int4,text");
    add(table, "regexp_instr", "int4", RegexSearchFunctions::position, ",int4,int4,int4,text,int4");
    add(table, "regexp_substr", "text", RegexSearchFunctions::part, ",int4,int4,text,int4");
  }

  /** With none up to all of the optional arguments. */
  private static void add(
      FunctionTable table, String name, String result, FunctionCode code, String optional) {
    String types = "text,text";
    table.add(name + "(" + types + ") " + result, code);
    String[] more = optional.substring(1).split(",");
    for (String type : more) {
      types += "," + type;
      table.add(name + "(" + types + ") " + result, code);
    }
  }

  private static long number(Vector[] arguments, int at, int row, long otherwise) {
    return arguments.length > at ? arguments[at].longs[row] : otherwise;
  }

  private static RegexFlags flags(Vector[] arguments, int at, int row, String function) {
    RegexFlags flags =
        arguments.length > at ? RegexFlags.of(arguments[at].texts[row]) : RegexFlags.NONE;
    RegexFunctions.notGlobal(flags, function);
    return flags;
  }

  /** The bounds of what is asked for, in chars; null when it is not there. */
  private static int[] find(
      Caller x, Vector[] a, int i, RegexFlags flags, long start, long occurrence, long group) {
    RegexFunctions.require(start > 0, "start", start);
    RegexFunctions.require(occurrence > 0, "n", occurrence);
    RegexFunctions.require(group >= 0, "subexpr", group);
    String text = a[0].texts[i];
    List<Regex.Match> matches =
        Regex.of(a[1].texts[i], flags)
            .matches(
                text, RegexFunctions.offset(text, start), occurrence > 1, RegexFunctions.check(x));
    if (matches.size() < occurrence) {
      return null;
    }
    Regex.Match match = matches.get((int) occurrence - 1);
    if (group == 0) {
      return new int[] {match.start(), match.end()};
    }
    if (group > match.spans().size() || match.spans().get((int) group - 1)[0] < 0) {
      return null;
    }
    return match.spans().get((int) group - 1);
  }

  private static void position(Caller x, Vector r, int i, Vector[] a) {
    RegexFlags flags = flags(a, 5, i, "regexp_instr");
    long end = number(a, 4, i, 0);
    RegexFunctions.require(end == 0 || end == 1, "endoption", end);
    int[] found = find(x, a, i, flags, number(a, 2, i, 1), number(a, 3, i, 1), number(a, 6, i, 0));
    r.longs[i] = found == null ? 0 : a[0].texts[i].codePointCount(0, found[end == 0 ? 0 : 1]) + 1L;
  }

  private static void part(Caller x, Vector r, int i, Vector[] a) {
    RegexFlags flags = flags(a, 4, i, "regexp_substr");
    int[] found = find(x, a, i, flags, number(a, 2, i, 1), number(a, 3, i, 1), number(a, 5, i, 0));
    r.nulls[i] = found == null;
    r.texts[i] = found == null ? null : a[0].texts[i].substring(found[0], found[1]);
  }
}
