// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./distdb cluster add}. */
@Command(
    name = "add",
    description = {
      "Lets a node come in: one with an empty data directory, that is started before or after,"
          + " with",
      "itself and some of the members in its cluster_nodes. It gets the log, then it votes."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
final class ClusterAddCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private ClusterOptions cluster;

  @Parameters(
      paramLabel = "NODE@HOST:PORT",
      description = "Its node_id, and where the members reach it.")
  private String node;

  @Option(names = "--read-replica", description = "It never votes.")
  private boolean readReplica;

  @Override
  public Integer call() {
    int at = node.indexOf('@');
    if (at <= 0) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "\"" + node + "\" is not NODE@HOST:PORT");
    }
    return cluster.tell(
        spec,
        "SELECT distdb.cluster_add($1, $2, $3)",
        node.substring(0, at),
        node.substring(at + 1),
        readReplica);
  }
}
