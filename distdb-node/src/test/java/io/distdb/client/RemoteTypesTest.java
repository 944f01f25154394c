// SPDX-License-Identifier: MIT
package io.distdb.client;

/** What {@link TypesTest} says, over the network. */
final class RemoteTypesTest extends TypesTest {
  @Override
  ClientPlace newPlace() {
    return new ClientPlace.Remote();
  }
}
