// SPDX-License-Identifier: MIT
package io.distdb.testcluster.local;

import io.distdb.node.config.ConfigBuilder;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** How a {@link LocalCluster} is to be. Not thread-safe. */
public final class LocalClusterBuilder {
  private static final int NODES_MAX = 9;

  private int nodes = 3;
  private boolean servesPostgres;
  private UnaryOperator<ConfigBuilder> configuration = UnaryOperator.identity();

  LocalClusterBuilder() {}

  /**
   * How many nodes, 1 to 9; three when nobody says. Odd numbers are of use: four survive no more
   * deaths than three.
   *
   * @throws IllegalArgumentException another number
   */
  public LocalClusterBuilder nodes(int value) {
    if (value < 1 || value > NODES_MAX) {
      throw new IllegalArgumentException(value + " nodes; 1 to " + NODES_MAX + " can be");
    }
    nodes = value;
    return this;
  }

  /**
   * Lets PostgreSQL's clients in, without a password, at free ports of 127.0.0.1; see {@link
   * LocalCluster#jdbcUrl()}. The default is not to: a {@link io.distdb.client.Client} needs no
   * port.
   */
  public LocalClusterBuilder servesPostgres(boolean value) {
    servesPostgres = value;
    return this;
  }

  /**
   * Changes the settings of every node: isolation, time-outs, memory. Where data is and who is a
   * member is the cluster's.
   */
  public LocalClusterBuilder configured(UnaryOperator<ConfigBuilder> change) {
    configuration = Objects.requireNonNull(change, "change");
    return this;
  }

  /**
   * Starts them, and returns when every one serves.
   *
   * @throws io.distdb.api.error.DistDbException as {@link
   *     io.distdb.node.wiring.Node#start(io.distdb.node.config.Config)}
   * @throws IllegalStateException they did not find each other within a minute
   */
  public LocalCluster start() {
    return LocalCluster.start(nodes, servesPostgres, configuration);
  }
}
