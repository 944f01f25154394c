// SPDX-License-Identifier: MIT
package io.distdb.client;

/** What {@link TypesTest} says, over the network. */
final class RemoteTypesTest extends TypesTest {
  RemoteTypesTest() {
    super(new ClientPlace.Remote());
  }
}
