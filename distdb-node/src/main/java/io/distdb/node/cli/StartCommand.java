// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.ServedNode;
import io.distdb.node.wiring.Surroundings;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
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
    PrintWriter out = spec.commandLine().getOut();
    try {
      Config config = storage.read(false);
      Surroundings surroundings = Surroundings.system(config).withHolder("./distdb start");
      try (EndOfProcess end = new EndOfProcess(surroundings.scheduler());
          ServedNode served = ServedNode.start(config, address(config), insecure, surroundings)) {
        InetSocketAddress sql = served.sqlAddress();
        out.println(
            "DistDB "
                + Main.version()
                + " is ready: SQL at "
                + sql.getHostString()
                + ":"
                + sql.getPort());
        out.flush();
        end.await();
      }
      return 0;
    } catch (DistDbException failure) {
      new ErrorPrinter(spec.commandLine().getErr()).print("", failure, "");
      return 1;
    }
  }

  private InetSocketAddress address(Config config) {
    int port = sqlPort != null ? sqlPort : config.cluster().sqlPort();
    return new InetSocketAddress(config.cluster().host(), port);
  }
}
