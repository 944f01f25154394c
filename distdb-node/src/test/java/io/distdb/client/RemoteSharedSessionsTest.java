// SPDX-License-Identifier: MIT
package io.distdb.client;

/** What {@link SharedSessionsTest} says, over the network. */
final class RemoteSharedSessionsTest extends SharedSessionsTest {
  RemoteSharedSessionsTest() {
    super(new ClientPlace.Remote());
  }
}
