// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./distdb cluster remove}. */
@Command(
    name = "remove",
    description = {
      "Makes a node go, whether it answers or not. A leader hands over first.",
      "Stop it then: its data directory is of no use any more."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
final class ClusterRemoveCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private ClusterOptions cluster;

  @Parameters(paramLabel = "NODE", description = "Its node_id.")
  private String node;

  @Override
  public Integer call() {
    return cluster.tell(spec, "SELECT distdb.cluster_remove($1)", node);
  }
}
