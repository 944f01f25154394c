// SPDX-License-Identifier: MIT
package io.distdb.client;

/** What {@link TableStatementsTest} says, over the network. */
final class RemoteTableStatementsTest extends TableStatementsTest {
  @Override
  ClientPlace newPlace() {
    return new ClientPlace.Remote();
  }
}
