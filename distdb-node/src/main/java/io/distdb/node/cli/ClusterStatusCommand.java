// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.client.Client;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./distdb cluster status}. */
@Command(
    name = "status",
    description = {
      "Shows the members, as one node sees them.",
      "Who lacks how much of the log, only the leader knows."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
final class ClusterStatusCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private ClusterOptions cluster;

  @Override
  public Integer call() {
    return cluster.run(
        spec,
        client -> {
          print(client);
          return 0;
        });
  }

  private void print(Client client) {
    List<ClusterOptions.Line> members = ClusterOptions.members(client);
    if (members.isEmpty()) {
      throw new DistDbException(
              ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
              "that node is alone: it is a member of no cluster")
          .withHint("Start it with cluster_nodes to make it the first member of one.");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (cluster.json()) {
      json(members, out);
    } else {
      text(members, out);
    }
  }

  private static void text(List<ClusterOptions.Line> members, PrintWriter out) {
    TextTable table =
        new TextTable("Members", "Node", "Address", "State", "Leads", "Answers", "Behind", "Clock");
    for (ClusterOptions.Line member : members) {
      table.add(
          member.node(),
          member.address(),
          member.state() + (member.readReplica() ? " (read replica)" : ""),
          member.leads() ? "yes" : "",
          member.answers() ? "yes" : "no",
          member.behind().map(String::valueOf).orElse(""),
          member.clock().map(ClusterOptions.ClockLine::text).orElse(""));
    }
    table.print(out);
  }

  private static void json(List<ClusterOptions.Line> members, PrintWriter out) {
    InspectJson.print(
        out,
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("members");
          for (ClusterOptions.Line member : members) {
            json.writeStartObject();
            json.writeStringField("node", member.node());
            json.writeStringField("address", member.address());
            json.writeStringField("state", member.state());
            json.writeBooleanField("read_replica", member.readReplica());
            json.writeBooleanField("leads", member.leads());
            json.writeBooleanField("answers", member.answers());
            if (member.behind().isPresent()) {
              json.writeNumberField("entries_behind", member.behind().get());
            }
            if (member.clock().isPresent()) {
              json.writeNumberField("clock_ahead_millis", member.clock().get().aheadMillis());
              json.writeBooleanField("clock_agrees", member.clock().get().agrees());
            }
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
