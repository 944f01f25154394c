// SPDX-License-Identifier: MIT
package io.distdb.client;

/** What {@link ClientTest} says, over the network. */
final class RemoteClientTest extends ClientTest {
  @Override
  ClientPlace newPlace() {
    return new ClientPlace.Remote();
  }
}
