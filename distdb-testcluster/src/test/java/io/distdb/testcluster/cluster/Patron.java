// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

/** A kind of client, with the record of what all of its kind were told. */
interface Patron {
  /** One request at a node, in a thread of that node; a crash may end it anywhere. */
  void ask(Member.Life life);

  /** Everything has healed and {@code leader} leads: clears up what is not known. */
  default void settle(Member.Life leader) {}

  /**
   * Judges the record.
   *
   * @param leader has everything that was ever committed
   */
  void check(Member.Life leader);

  /** Requests that did what was asked. */
  int answered();
}
