// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.client.Client;

/** One run of a workload, with its books. */
interface Story {
  /**
   * Opens the database through its {@link Machine}, works and closes it, perhaps several times.
   * Ends when it is done, when the machine dies, or when the disk lets it do no more.
   */
  void live();

  /**
   * Compares what a living database shows with the books.
   *
   * @throws AssertionError it is another picture
   */
  void check(Client client);

  /**
   * Compares what a database shows that was opened after the machine died, and goes on from it.
   *
   * @return whether something acknowledged is gone, which {@code loss} allows
   */
  boolean settle(Client client, Books.Loss loss);

  /** Changes something, tells the books, and expects no error. */
  void goOn(Client client);
}
