// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./distdb demo}. */
@Command(
    name = "demo",
    description = {
      "A guided run: a schema, 200,000 rows, an index, transactions, a SIGKILL and a recovery.",
      "With --cluster: three processes under a steady load; the leader is killed, a follower",
      "loses its disk, a node comes and another goes.",
      "Exit code 0 says that every check held."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "An empty or new directory, kept afterwards. Default: a temporary one.")
  private Path data;

  @Option(names = "--cluster", description = "Three nodes in processes of their own, and a fourth.")
  private boolean cluster;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (data != null && !isEmpty(data)) {
      err.println("demo: " + data + " is not empty; give a new directory");
      return 1;
    }
    Path directory = data == null ? Files.createTempDirectory("distdb-demo-") : data;
    try {
      boolean held =
          cluster ? new ClusterDemo(directory, out).run() : new Demo(directory, out).run();
      return held ? 0 : 1;
    } catch (DistDbException failure) {
      new ErrorPrinter(err).print("", failure, "");
      return 1;
    } finally {
      if (data == null) {
        Demo.delete(directory);
      } else {
        out.println(
            cluster
                ? "   Data and logs of the nodes are kept: " + directory
                : "   The database is kept: ./distdb sql --data " + directory);
      }
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return true;
    }
    try (Stream<Path> content = Files.list(directory)) {
      return content.findAny().isEmpty();
    }
  }
}
