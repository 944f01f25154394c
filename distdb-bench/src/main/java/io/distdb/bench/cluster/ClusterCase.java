// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster;

import java.util.List;

/**
 * A row of the table.
 *
 * @param leases asked of sides whose leaders answer by a lease
 * @param goal against the best peer
 */
record ClusterCase(String name, Load.Kind kind, int clients, boolean leases, double goal) {
  static final List<ClusterCase> ALL =
      List.of(
          new ClusterCase("put-1", Load.Kind.PUT, 1, false, 1.3),
          new ClusterCase("put-64", Load.Kind.PUT, 64, false, 1.2),
          new ClusterCase("put-256", Load.Kind.PUT, 256, false, 1.0),
          new ClusterCase("get-1", Load.Kind.GET, 1, false, 1.0),
          new ClusterCase("get-256", Load.Kind.GET, 256, false, 1.0),
          new ClusterCase("lease-get-1", Load.Kind.GET, 1, true, 1.0),
          new ClusterCase("lease-get-256", Load.Kind.GET, 256, true, 1.0));

  String title() {
    String get = leases ? "get by a lease of the leader" : "linearizable get";
    return "%s, %d client%s"
        .formatted(
            kind == Load.Kind.PUT ? "put of 256 bytes" : get, clients, clients == 1 ? "" : "s");
  }
}
