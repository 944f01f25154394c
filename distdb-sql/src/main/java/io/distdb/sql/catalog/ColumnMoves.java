// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the columns of a definition are in the one that replaces it: what is kept by slot, and is
 * not in the definition itself, moves along.
 *
 * @param slots from slot to slot; columns that are gone are not there
 */
record ColumnMoves(Map<Integer, Integer> slots) {
  /** A definition changes one thing at a time: columns come, go, or have another name. */
  static ColumnMoves between(Table before, Table after) {
    boolean sameColumns = before.columns().size() == after.columns().size();
    Map<Integer, Integer> slots = new TreeMap<>();
    for (int ordinal = 0; ordinal < before.columns().size(); ordinal++) {
      String name = before.columns().get(ordinal).name();
      int to = sameColumns ? ordinal : after.ordinalOf(name);
      if (to >= 0) {
        slots.put(before.slotOf(ordinal), after.slotOf(to));
      }
    }
    return new ColumnMoves(slots);
  }

  /** The new slot of the column at {@code slot}; absent when it is gone. */
  Optional<Integer> to(int slot) {
    return Optional.ofNullable(slots.get(slot));
  }
}
