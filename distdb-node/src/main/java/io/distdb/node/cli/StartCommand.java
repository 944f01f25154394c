// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.ServedNode;
import io.distdb.node.wiring.StartWatch;
import io.distdb.node.wiring.Surroundings;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./distdb start}. */
@Command(
    name = "start",
    description = {
      "Runs a node that PostgreSQL's clients talk to, until SIGTERM or Ctrl-C.",
      "Prints one line when it is ready."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it was asked to end", "1:it could not start", "2:wrong usage"})
final class StartCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private StorageOptions storage;

  @Option(
      names = "--sql-port",
      paramLabel = "N",
      description = "Where PostgreSQL's clients connect (also: DISTDB_SQL_PORT); 0 takes any.")
  private Integer sqlPort;

  @Option(
      names = "--insecure",
      description = "Lets anybody of this machine in, under any name and without a password.")
  private boolean insecure;

  @Override
  public Integer call() {
    try {
      Config config = storage.read(false, givenPort());
      Surroundings surroundings = Surroundings.system(config).withHolder("./distdb start");
      try (EndOfProcess end = new EndOfProcess(surroundings.scheduler());
          ServedNode served = start(config, surroundings, end)) {
        InetSocketAddress sql = served.sqlAddress();
        PrintWriter out = spec.commandLine().getOut();
        out.println(
            "DistDB "
                + Main.version()
                + " is ready: SQL at "
                + sql.getHostString()
                + ":"
                + sql.getPort());
        out.flush();
        warn(config, served);
        end.await();
      }
      return 0;
    } catch (DistDbException failure) {
      if (failure.code() == ErrorCode.SHUTTING_DOWN) {
        return 0;
      }
      new ErrorPrinter(spec.commandLine().getErr()).print("", failure, "");
      return 1;
    }
  }

  /** Says what it waits for, if it is to wait. */
  private ServedNode start(Config config, Surroundings surroundings, EndOfProcess end) {
    AtomicReference<String> said = new AtomicReference<>("");
    PrintWriter out = spec.commandLine().getOut();
    StartWatch watch =
        what -> {
          end.check();
          if (!said.getAndSet(what).equals(what)) {
            out.println("Waiting for " + what + ".");
            out.flush();
          }
        };
    return ServedNode.start(config, address(config), insecure, surroundings.withWatch(watch));
  }

  /** Of what a beginner may not have meant. */
  private void warn(Config config, ServedNode served) {
    PrintWriter err = spec.commandLine().getErr();
    if (!served.letsAnybodyIn()) {
      err.println(
          "NOTICE:  No role has a password, so nobody can log in. DISTDB_AUTH_PASSWORD=... at a"
              + " start gives postgres one.");
    }
    if (config.directory().isEmpty()) {
      err.println(
          "NOTICE:  The data are in memory, and gone with this process. --data DIR keeps them.");
    }
    err.flush();
  }

  /** What the option says of sql_port, which is none of 0. */
  private Map<String, String> givenPort() {
    return sqlPort == null || sqlPort == 0
        ? Map.of()
        : Map.of("sql_port", Integer.toString(sqlPort));
  }

  private InetSocketAddress address(Config config) {
    int port = sqlPort != null && sqlPort == 0 ? 0 : config.cluster().sqlPort();
    return new InetSocketAddress(config.cluster().host(), port);
  }
}
