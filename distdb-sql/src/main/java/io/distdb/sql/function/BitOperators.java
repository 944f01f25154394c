// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

/** {@code & | # ~ << >>} of whole numbers; a shift counts modulo the width, as the CPU's does. */
final class BitOperators {
  private BitOperators() {}

  static void addTo(FunctionTable table) {
    add(table, "int2", 16);
    add(table, "int4", 32);
    add(table, "int8", 64);
  }

  private static void add(FunctionTable table, String type, int width) {
    String two = "(" + type + "," + type + ") " + type;
    table.add("&" + two, (r, i, a) -> r.longs[i] = a[0].longs[i] & a[1].longs[i]);
    table.add("|" + two, (r, i, a) -> r.longs[i] = a[0].longs[i] | a[1].longs[i]);
    table.add("#" + two, (r, i, a) -> r.longs[i] = a[0].longs[i] ^ a[1].longs[i]);
    table.add("~(" + type + ") " + type, (r, i, a) -> r.longs[i] = ~a[0].longs[i]);
    int mask = Math.max(width, 32) - 1;
    table.add(
        "<<(" + type + ",int4) " + type,
        (r, i, a) -> r.longs[i] = cut(a[0].longs[i] << (a[1].longs[i] & mask), width));
    table.add(
        ">>(" + type + ",int4) " + type,
        (r, i, a) -> r.longs[i] = a[0].longs[i] >> (a[1].longs[i] & mask));
  }

  private static long cut(long value, int width) {
    return switch (width) {
      case 16 -> (short) value;
      case 32 -> (int) value;
      default -> value;
    };
  }
}
