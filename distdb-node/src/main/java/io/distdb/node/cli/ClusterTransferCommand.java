// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./distdb cluster transfer}. */
@Command(
    name = "transfer",
    description = "Hands the leadership to a node, such as before the leader is stopped.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
final class ClusterTransferCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private ClusterOptions cluster;

  @Parameters(paramLabel = "NODE", description = "Its node_id; it votes.")
  private String node;

  @Override
  public Integer call() {
    return cluster.tell(spec, "SELECT distdb.cluster_transfer($1)", node);
  }
}
