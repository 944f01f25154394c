// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.client.Client;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code --url} and {@code --json}, a mixin, and what the commands of a cluster do alike. */
final class ClusterOptions {
  private static final String STATUS =
      "SELECT node, address, state, read_replica, leads, answers, entries_behind,"
          + " clock_ahead_millis, clock_agrees"
          + " FROM distdb.cluster_members ORDER BY node";

  @Option(
      names = "--url",
      paramLabel = "URL",
      required = true,
      description = {
        "Any nodes of the cluster: postgresql://user:password@host:port,host:port/postgres.",
        "Without a password in it: that of PGPASSWORD, else it is asked."
      })
  private String url;

  @Option(names = "--json", description = "For programs.")
  private boolean json;

  boolean json() {
    return json;
  }

  /**
   * A member as the node that was asked sees it.
   *
   * @param behind entries that its disk lacks; empty: the node that was asked does not know
   * @param clock its wall clock beside that of the node that was asked; empty: not compared lately
   */
  record Line(
      String node,
      String address,
      String state,
      boolean readReplica,
      boolean leads,
      boolean answers,
      Optional<Long> behind,
      Optional<ClockLine> clock) {}

  /** How far a wall clock is ahead, and whether it may be. */
  record ClockLine(long aheadMillis, boolean agrees) {
    String text() {
      return String.format(Locale.ROOT, "%+.3f s%s", aheadMillis / 1e3, agrees ? "" : " (off)");
    }
  }

  static List<Line> members(Client client) {
    return client
        .query(STATUS)
        .toList(row ->
            new Line(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getBoolean(3),
                row.getBoolean(4),
                row.getBoolean(5),
                row.isNull(6) ? Optional.empty() : Optional.of(row.getLong(6)),
                row.isNull(7)
                    ? Optional.empty()
                    : Optional.of(new ClockLine(row.getLong(7), row.getBoolean(8)))));
  }

  /** Does something at the server; the exit code. */
  int run(CommandLine.Model.CommandSpec spec, Function<Client, Integer> action) {
    try (Client client = ServerUrlOption.of(url, null, System.getenv()).open(Client::connect)) {
      int code = action.apply(client);
      spec.commandLine().getOut().flush();
      return code;
    } catch (DistDbException failure) {
      PrintWriter err = spec.commandLine().getErr();
      new ErrorPrinter(err).print("", failure, "");
      return 1;
    }
  }

  /** What a function of one row and one text says, for people and for programs. */
  int tell(CommandLine.Model.CommandSpec spec, String sql, Object... arguments) {
    return run(
        spec,
        client -> {
          String said = client.queryValue(sql, String.class, arguments);
          PrintWriter out = spec.commandLine().getOut();
          if (json) {
            InspectJson.print(
                out,
                generator -> {
                  generator.writeStartObject();
                  generator.writeStringField("result", said);
                  generator.writeEndObject();
                });
          } else {
            out.println(Character.toUpperCase(said.charAt(0)) + said.substring(1) + ".");
          }
          return 0;
        });
  }
}
