// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.config.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./distdb cluster init}. */
@Command(
    name = "init",
    description = {
      "Writes the settings of each node of a new cluster, NODE.yaml, and says how to start them.",
      "Nothing else is needed: the cluster begins when all of them have started."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
final class ClusterInitCommand implements Callable<Integer> {
  private static final int SQL_PORT = 5433;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(
      paramLabel = "NODE@HOST:PORT",
      arity = "1..*",
      description = "The nodes, and where they reach each other; 1, 3 or 5 of them are usual.")
  private List<String> nodes;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where the files go, and the data directories below it.")
  private Path directory;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Files.createDirectories(directory);
      for (int i = 0; i < nodes.size(); i++) {
        Path file = directory.resolve(name(nodes.get(i)) + ".yaml");
        String settings = settings(i);
        Files.writeString(file, settings, StandardOpenOption.CREATE_NEW);
        Config.read(file).validate();
        out.println("./distdb start --config " + file);
      }
      out.flush();
      return 0;
    } catch (FileAlreadyExistsException taken) {
      return refuse(
          new DistDbException(
              ErrorCode.DUPLICATE_FILE, "the file " + taken.getFile() + " exists already", taken));
    } catch (IOException failure) {
      return refuse(
          new DistDbException(
              ErrorCode.IO_ERROR, "cannot write the settings: " + failure, failure));
    } catch (DistDbException wrong) {
      return refuse(wrong);
    }
  }

  private int refuse(DistDbException why) {
    new ErrorPrinter(spec.commandLine().getErr()).print("", why, "");
    return 1;
  }

  private String name(String node) {
    int at = node.indexOf('@');
    int colon = node.lastIndexOf(':');
    if (at <= 0 || colon < at || !node.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "\"" + node + "\" is not NODE@HOST:PORT");
    }
    return node.substring(0, at);
  }

  /** On one machine each needs a port of its own for clients, on several all have the same. */
  private String settings(int number) {
    String node = nodes.get(number);
    String id = name(node);
    String host = node.substring(node.indexOf('@') + 1, node.lastIndexOf(':'));
    boolean together = nodes.stream().filter(other -> other.contains("@" + host + ":")).count() > 1;
    return """
    node_id: %s
    data_dir: %s
    host: %s
    port: %s
    sql_port: %d
    cluster_nodes: [%s]
    """
        .formatted(
            id,
            directory.resolve(id + "-data"),
            host,
            node.substring(node.lastIndexOf(':') + 1),
            together ? SQL_PORT + number : SQL_PORT,
            nodes.stream().map(each -> "\"" + each + "\"").collect(Collectors.joining(", ")));
  }
}
