// SPDX-License-Identifier: MIT
package io.distdb.client;

/** What {@link ChangesTest} says, over the network. */
final class RemoteChangesTest extends ChangesTest {
  @Override
  ClientPlace newPlace() {
    return new ClientPlace.Remote();
  }
}
