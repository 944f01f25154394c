// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./distdb cluster}. */
@Command(
    name = "cluster",
    description = {
      "Looks after a cluster, through any of its nodes.",
      "A cluster begins by itself, when all nodes that cluster_nodes names have started empty."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ClusterInitCommand.class,
      ClusterStatusCommand.class,
      ClusterAddCommand.class,
      ClusterRemoveCommand.class,
      ClusterTransferCommand.class,
      ClusterRecoverCommand.class
    })
final class ClusterCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
