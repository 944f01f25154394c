// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Ports on loopback, each given once. */
final class Ports {
  private static final Set<Integer> GIVEN = new HashSet<>();

  private Ports() {}

  static synchronized int free() throws IOException {
    while (true) {
      try (ServerSocket any = new ServerSocket(0)) {
        if (GIVEN.add(any.getLocalPort())) {
          return any.getLocalPort();
        }
      }
    }
  }
}
