// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.Invariant;

/** The tables of WITH and the working tables that a part of a plan can read. Immutable. */
final class CommonTableRows {
  static final CommonTableRows NONE = new CommonTableRows(null, -1, null);

  private final CommonTableRows outer;
  private final int id;
  private final SharedRows rows;

  private CommonTableRows(CommonTableRows outer, int id, SharedRows rows) {
    this.outer = outer;
    this.id = id;
    this.rows = rows;
  }

  CommonTableRows and(int newId, SharedRows newRows) {
    return new CommonTableRows(this, newId, newRows);
  }

  SharedRows find(int wanted) {
    for (CommonTableRows at = this; at.rows != null; at = at.outer) {
      if (at.id == wanted) {
        return at.rows;
      }
    }
    throw Invariant.unreachable("no common table " + wanted);
  }
}
