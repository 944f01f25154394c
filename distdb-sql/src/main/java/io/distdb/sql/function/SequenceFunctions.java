// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

/** nextval and its kin: they ask the session's sequences, row by row. */
final class SequenceFunctions {
  private SequenceFunctions() {}

  static void addTo(FunctionTable table) {
    table.addVolatile(
        "nextval(text) int8",
        (x, r, i, a) -> r.longs[i] = x.environment().sequences().next(a[0].texts[i]));
    table.addVolatile(
        "currval(text) int8",
        (x, r, i, a) -> r.longs[i] = x.environment().sequences().current(a[0].texts[i]));
    table.addVolatile(
        "lastval() int8", (x, r, i, a) -> r.longs[i] = x.environment().sequences().last());
    table.addVolatile(
        "setval(text,int8) int8",
        (x, r, i, a) -> r.longs[i] = set(x, a[0].texts[i], a[1].longs[i], true));
    table.addVolatile(
        "setval(text,int8,bool) int8",
        (x, r, i, a) -> r.longs[i] = set(x, a[0].texts[i], a[1].longs[i], a[2].longs[i] != 0));
  }

  private static long set(Caller caller, String sequence, long value, boolean called) {
    caller.environment().sequences().set(sequence, value, called);
    return value;
  }
}
