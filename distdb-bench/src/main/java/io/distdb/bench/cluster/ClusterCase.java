// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster;

import java.util.List;

/**
 * A row of the table.
 *
 * @param goal against the best peer
 */
record ClusterCase(String name, Load.Kind kind, int clients, double goal) {
  static final List<ClusterCase> ALL =
      List.of(
          new ClusterCase("put-1", Load.Kind.PUT, 1, 1.3),
          new ClusterCase("put-64", Load.Kind.PUT, 64, 1.2),
          new ClusterCase("put-256", Load.Kind.PUT, 256, 1.0),
          new ClusterCase("get-1", Load.Kind.GET, 1, 1.0),
          new ClusterCase("get-256", Load.Kind.GET, 256, 1.0));

  String title() {
    return "%s, %d client%s"
        .formatted(
            kind == Load.Kind.PUT ? "put of 256 bytes" : "linearizable get",
            clients,
            clients == 1 ? "" : "s");
  }
}
