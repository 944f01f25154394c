// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.ClusterRecovery;
import io.distdb.node.wiring.Surroundings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./distdb cluster recover}. */
@Command(
    name = "recover",
    description = {
      "Goes on with one node's data when most of the voters are lost for good.",
      "Its directory becomes the first node of a new cluster. What others acknowledged and this",
      "node never got is lost: choose the one whose log is the longest. Nodes of the old cluster",
      "that still live are strangers to the new one: see to it that no client uses them."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it is the first node of a new cluster",
      "1:nothing was changed",
      "2:wrong usage"
    })
final class ClusterRecoverCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private ConfigOption configFile;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The data directory of a node that is stopped.")
  private String data;

  @Option(
      names = "--yes-i-lose-data",
      description = "Does it. Without this, only says what there is.")
  private boolean sure;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      Config config = configFile.ofDirectory(data);
      ClusterRecovery recovery =
          new ClusterRecovery(
              config, Surroundings.system(config).withHolder("./distdb cluster recover"));
      ClusterRecovery.Report report = sure ? recovery.recover(asker()) : recovery.survey();
      print(report);
      if (!sure) {
        err.println("Nothing was changed: --yes-i-lose-data does it.");
        err.flush();
      }
      return sure ? 0 : 1;
    } catch (DistDbException failure) {
      new ErrorPrinter(err).print("", failure, "");
      return 1;
    }
  }

  private static String asker() {
    return "./distdb cluster recover of " + System.getProperty("user.name", "somebody");
  }

  private void print(ClusterRecovery.Report report) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "Node %s of cluster %s: its log ends at index %d, term %d.%n",
        report.node(), report.before(), report.last().index(), report.last().term());
    out.printf(
        "Voters: %s.%s%n",
        names(report.voters()),
        report.learners().isEmpty() ? "" : " Learners: " + names(report.learners()) + ".");
    report
        .after()
        .ifPresent(cluster -> {
          out.printf("It is the only node of cluster %s now.%n", cluster);
          out.printf(
              "Start it with node_id %s and cluster_nodes, and add empty nodes (./distdb cluster"
                  + " add).%n",
              report.node());
        });
    out.flush();
  }

  private static String names(List<NodeId> nodes) {
    return nodes.stream().map(NodeId::value).collect(Collectors.joining(", "));
  }
}
