// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.node.ProductVersion;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code ./distdb}: exit code 0 for success, 1 for an error, 2 for wrong usage, 3 for a statement
 * that failed.
 */
@Command(
    name = "distdb",
    description = "A distributed SQL database for the JVM.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StartCommand.class,
      SqlCommand.class,
      NodeCommand.class,
      ClusterCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      InspectCommand.class,
      RepairCommand.class,
      DumpCommand.class,
      DemoCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = new CommandLine(new Main()).setOut(out).setErr(err).execute(arguments);
    out.flush();
    err.flush();
    System.exit(code);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  static String version() {
    return ProductVersion.text();
  }

  /** Whether a person sits before standard input and output: the launcher knows. */
  static boolean isOnTerminal() {
    return Boolean.getBoolean("distdb.terminal");
  }

  /** What {@code --version} prints. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"DistDB " + version() + " (Java " + Runtime.version().feature() + ")"};
    }
  }
}
