// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.CatalogReference;
import io.distdb.api.type.SqlType;
import io.distdb.sql.vector.Vector;

/** nextval and its kin: they ask the session's sequences, row by row. */
public final class SequenceFunctions {
  /** Not to be written in a statement: the columns of a sequence that is read like a table. */
  static final String NEWEST = "sequence's last_value";

  static final String IS_CALLED = "sequence's is_called";

  private SequenceFunctions() {}

  /** Column {@code last_value} of a sequence: of its name as {@code nextval} takes it. */
  public static ScalarFunction newest() {
    return FunctionRegistry.functions(NEWEST).getFirst();
  }

  /** Column {@code is_called} of a sequence. */
  public static ScalarFunction isCalled() {
    return FunctionRegistry.functions(IS_CALLED).getFirst();
  }

  static void addTo(FunctionTable table) {
    table.addVolatile(
        "nextval(text) int8",
        (x, r, i, a) -> r.longs[i] = x.environment().sequences().next(a[0].texts[i]));
    table.addVolatile(
        "currval(text) int8",
        (x, r, i, a) -> r.longs[i] = x.environment().sequences().current(a[0].texts[i]));
    table.addVolatile(
        "pg_sequence_last_value(text) int8",
        (x, r, i, a) -> {
          SequenceValues sequences = x.environment().sequences();
          r.nulls[i] = !sequences.isCalled(a[0].texts[i]);
          r.longs[i] = r.nulls[i] ? 0 : sequences.newest(a[0].texts[i]);
        });
    for (String type : new String[] {"regclass", "oid"}) {
      table.addVolatile(
          "pg_sequence_last_value(" + type + ") int8",
          (x, r, i, a) -> {
            String name = name(x, a[0], i);
            r.nulls[i] = !x.environment().sequences().isCalled(name);
            r.longs[i] = r.nulls[i] ? 0 : x.environment().sequences().newest(name);
          });
    }
    table.addVolatile(
        "nextval(regclass) int8",
        (x, r, i, a) -> r.longs[i] = x.environment().sequences().next(name(x, a[0], i)));
    table.addVolatile(
        "currval(regclass) int8",
        (x, r, i, a) -> r.longs[i] = x.environment().sequences().current(name(x, a[0], i)));
    table.addVolatile(
        "setval(regclass,int8) int8",
        (x, r, i, a) -> r.longs[i] = set(x, name(x, a[0], i), a[1].longs[i], true));
    table.addVolatile(
        "setval(regclass,int8,bool) int8",
        (x, r, i, a) -> r.longs[i] = set(x, name(x, a[0], i), a[1].longs[i], a[2].longs[i] != 0));
    table.addVolatile(
        NEWEST + "(text) int8",
        (x, r, i, a) -> r.longs[i] = x.environment().sequences().newest(a[0].texts[i]));
    table.addVolatile(
        IS_CALLED + "(text) bool",
        (x, r, i, a) -> r.longs[i] = x.environment().sequences().isCalled(a[0].texts[i]) ? 1 : 0);
    table.addVolatile(
        "lastval() int8", (x, r, i, a) -> r.longs[i] = x.environment().sequences().last());
    table.addVolatile(
        "setval(text,int8) int8",
        (x, r, i, a) -> r.longs[i] = set(x, a[0].texts[i], a[1].longs[i], true));
    table.addVolatile(
        "setval(text,int8,bool) int8",
        (x, r, i, a) -> r.longs[i] = set(x, a[0].texts[i], a[1].longs[i], a[2].longs[i] != 0));
  }

  /** The name of a sequence as it is written, of its number or of a reference to it. */
  private static String name(Caller caller, Vector vector, int row) {
    long oid =
        vector.objects != null ? ((CatalogReference) vector.objects[row]).oid() : vector.longs[row];
    return caller.environment().names().of(SqlType.Scalar.REGCLASS, oid).text();
  }

  private static long set(Caller caller, String sequence, long value, boolean called) {
    caller.environment().sequences().set(sequence, value, called);
    return value;
  }
}
