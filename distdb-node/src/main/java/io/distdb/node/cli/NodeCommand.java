// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.config.Config;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./distdb node}: checks a configuration. */
@Command(
    name = "node",
    description = {
      "Checks the settings of a node.",
      "It does not run one: ./distdb start does, alone or as a member of a cluster."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:--check, and the settings are good", "1:wrong settings, or no --check"})
final class NodeCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private ConfigOption configFile;

  @Option(names = "--check", description = "Checks the settings, and nothing else.")
  private boolean check;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Config config = configFile.read(Map.of());
      if (check) {
        out.println("The settings of " + config.cluster().nodeId() + " are good.");
        return 0;
      }
      throw new DistDbException(
              ErrorCode.INVALID_PARAMETER_VALUE,
              "nothing was asked of the node " + config.cluster().nodeId())
          .withHint("--check looks at the settings; ./distdb start runs the node.");
    } catch (DistDbException failure) {
      new ErrorPrinter(spec.commandLine().getErr()).print("", failure, "");
      return 1;
    }
  }
}
