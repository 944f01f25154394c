// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import io.distdb.node.dump.Dump;
import io.distdb.node.dump.DumpRequest;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Surroundings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./distdb dump}. */
@Command(
    name = "dump",
    description = {
      "Writes a database as SQL text, as of one moment.",
      "./distdb sql -f restores it into DistDB, psql -f into DistDB and into PostgreSQL."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the dump is complete", "1:there is none, or not all of it", "2:wrong usage"})
final class DumpCommand implements Callable<Integer> {
  private static final int BUFFER_BYTES = 1 << 16;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private DatabaseOptions database;

  @Mixin private ConfigOption configFile;

  @Mixin private DumpOptions options;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory, of a database that nobody has open.")
  private String data;

  @Option(
      names = {"-f", "--file", "-o", "--output"},
      paramLabel = "FILE",
      description = "Where the text goes. Default: standard output.")
  private Path output;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    boolean atServer = database.isAtServer();
    if ((data == null) != atServer || (atServer && configFile.isGiven())) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "one of --data and --url says what to dump; --config is for --data");
    }
    DumpRequest request = options.request(spec.commandLine());
    BytesProgress progress = new BytesProgress(err, "dumping", Main.isOnTerminal());
    try {
      if (atServer) {
        runAtServer(request, progress);
      } else {
        run(request, progress, err);
      }
      progress.end();
      return 0;
    } catch (DistDbException failure) {
      progress.end();
      new ErrorPrinter(err).print("", failure, "");
      return 1;
    } catch (IOException failure) {
      progress.end();
      DistDbException error =
          new DistDbException(ErrorCode.IO_ERROR, "cannot write the dump: " + failure, failure);
      new ErrorPrinter(err).print("", error, "");
      return 1;
    }
  }

  private void run(DumpRequest request, BytesProgress progress, PrintWriter err)
      throws IOException {
    Config config = configFile.ofDirectory(data);
    Surroundings surroundings =
        Surroundings.system(config)
            .withHolder("./distdb dump")
            .withProgress(Main.isOnTerminal() ? new RecoveryProgress(err) : (done, total) -> {});
    try (Node node = Node.start(config, surroundings);
        Client all = Client.of(node, surroundings);
        Client client = all.database(database.nameIn(node));
        OutputStream target = target()) {
      write(client, target, request, progress);
    }
  }

  private void runAtServer(DumpRequest request, BytesProgress progress) throws IOException {
    try (Client client = database.server().open(Client::connect)) {
      checkIsDistDb(client);
      try (OutputStream target = target()) {
        write(client, target, request, progress);
      }
    }
  }

  /** The definitions come from a table that PostgreSQL does not have. */
  private static void checkIsDistDb(Client client) {
    String version = client.queryValue("SELECT version()", String.class);
    if (!version.contains("DistDB")) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED, "./distdb dump dumps DistDB, not " + version)
          .withHint("pg_dump dumps PostgreSQL; ./distdb sql -f restores what it wrote.");
    }
  }

  private static void write(
      Client client, OutputStream target, DumpRequest request, BytesProgress progress)
      throws IOException {
    long[] written = {0};
    client.<IOException>transaction(
        IsolationLevel.REPEATABLE_READ,
        tx ->
            new Dump(
                    tx,
                    target,
                    bytes -> {
                      written[0] += bytes;
                      progress.at(written[0]);
                    })
                .write(request));
  }

  private OutputStream target() throws IOException {
    OutputStream bare = output == null ? standardOutput() : Files.newOutputStream(output);
    return new BufferedOutputStream(bare, BUFFER_BYTES);
  }

  /** Standard output, as bytes; it stays open. */
  private static OutputStream standardOutput() {
    return new java.io.FilterOutputStream(System.out) {
      @Override
      public void write(byte[] bytes, int offset, int length) {
        System.out.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        flush();
        if (System.out.checkError()) {
          throw new IOException("standard output takes no more");
        }
      }
    };
  }
}
