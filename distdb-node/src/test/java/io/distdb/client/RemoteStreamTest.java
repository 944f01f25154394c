// SPDX-License-Identifier: MIT
package io.distdb.client;

/** What {@link StreamTest} says, over the network. */
final class RemoteStreamTest extends StreamTest {
  @Override
  ClientPlace newPlace() {
    return new ClientPlace.Remote();
  }
}
