// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/** How a join of some type and condition pairs outer rows with partners. Immutable. */
interface RowJoin {
  /**
   * @param earlier of outer rows that are read several times, else null
   */
  Operator open(Operator outer, Partners partners, OuterMatches earlier, Execution execution);
}
