// SPDX-License-Identifier: MIT
package io.distdb.client;

/** What {@link TableStatementsTest} says, over the network. */
final class RemoteTableStatementsTest extends TableStatementsTest {
  RemoteTableStatementsTest() {
    super(new ClientPlace.Remote());
  }
}
