// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.SqlArray;
import io.distdb.api.type.Value;
import io.distdb.sql.text.Regex;
import io.distdb.sql.text.RegexFlags;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Functions that make rows of a text's parts (PostgreSQL documentation, 9.4 and 9.7). */
final class SplitFunctions {
  private static final Runnable NO_CHECK = () -> {};

  private SplitFunctions() {}

  /** Values that are there already. */
  private record Listed(Iterator<Value> values) implements Series {
    @Override
    public boolean next(Vector target, int at) {
      if (!values.hasNext()) {
        return false;
      }
      target.set(at, values.next());
      return true;
    }
  }

  static void addTo(FunctionTable table) {
    SeriesCode matches = (a, e) -> matches(a);
    table.addRows("regexp_matches(text,text) text[]", matches);
    table.addRows("regexp_matches(text,text,text) text[]", matches);
    SeriesCode split = (a, e) -> split(a);
    table.addRows("regexp_split_to_table(text,text) text", split);
    table.addRows("regexp_split_to_table(text,text,text) text", split);
    SeriesCode parts = (a, e) -> parts(a);
    table.addRows("string_to_table(text,text) text", parts);
    table.addRows("string_to_table(text,text,text) text", parts);
  }

  private static RegexFlags flags(Vector[] arguments) {
    return arguments.length > 2 ? RegexFlags.of(arguments[2].texts[0]) : RegexFlags.NONE;
  }

  private static Series matches(Vector[] arguments) {
    RegexFlags flags = flags(arguments);
    List<Value> found = new ArrayList<>();
    Regex regex = Regex.of(arguments[1].texts[0], flags);
    for (Regex.Match match : regex.matches(arguments[0].texts[0], 0, flags.all(), NO_CHECK)) {
      found.add(new Value.ArrayValue(RegexFunctions.array(match.groups())));
    }
    return new Listed(found.iterator());
  }

  private static Series split(Vector[] arguments) {
    RegexFlags flags = flags(arguments);
    RegexFunctions.notGlobal(flags, "regexp_split_to_table");
    Regex regex = Regex.of(arguments[1].texts[0], flags);
    return new Listed(
        regex.split(arguments[0].texts[0], NO_CHECK).stream().map(Value::of).iterator());
  }

  private static Series parts(Vector[] arguments) {
    Value[] values = new Value[arguments.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Value.of(arguments[i].texts[0]);
    }
    SqlArray array = ((Value.ArrayValue) ArrayTexts.split(values)).value();
    return new Listed(array.elements().iterator());
  }
}
