// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import io.distdb.node.directory.DirectoryDescription;
import io.distdb.node.dump.Dump;
import io.distdb.node.dump.DumpRequest;
import io.distdb.node.dump.NamePattern;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Surroundings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./distdb dump}. */
@Command(
    name = "dump",
    description = {
      "Writes a database as SQL text, as of one moment: ./distdb sql -f restores it into DistDB,",
      "psql -f into DistDB and into PostgreSQL."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the dump is complete", "1:there is none, or not all of it", "2:wrong usage"})
final class DumpCommand implements Callable<Integer> {
  private static final int BUFFER_BYTES = 1 << 16;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory, of a database that nobody has open.")
  private String data;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = {
        "Instead of --data a node: postgresql://user:password@host:port/database. Without a",
        "password in it: that of PGPASSWORD, else it is asked."
      })
  private String url;

  @Option(
      names = {"-d", "--database", "--dbname"},
      paramLabel = "NAME",
      description = {
        "The database. Without it: that of the URL; of a data directory the only one besides",
        "postgres when there is just one, else postgres."
      })
  private String databaseName;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the text goes. Default: standard output.")
  private Path output;

  @Option(
      names = {"-s", "--schema-only"},
      description = "Definitions, no rows.")
  private boolean schemaOnly;

  @Option(
      names = {"-a", "--data-only"},
      description = "Rows, no definitions.")
  private boolean dataOnly;

  @Option(
      names = {"-O", "--no-owner"},
      description = "Does not say whose the objects are.")
  private boolean noOwner;

  @Option(
      names = {"-x", "--no-privileges"},
      description = "No GRANT and no REVOKE.")
  private boolean noPrivileges;

  @Option(
      names = {"-t", "--table"},
      paramLabel = "PATTERN",
      description = {
        "Only this table or view and what goes with it; [schema.]name with * and ?.",
        "May be repeated."
      })
  private List<String> tables = new ArrayList<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in YAML; environment variables and options override them.")
  private Path configFile;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    if (schemaOnly && dataOnly) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--schema-only and --data-only exclude each other");
    }
    if ((data == null) == (url == null) || (url != null && configFile != null)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "one of --data and --url says what to dump; --config is for --data");
    }
    DumpRequest request =
        new DumpRequest(
            !dataOnly,
            !schemaOnly,
            !noOwner,
            !noPrivileges,
            tables.stream().map(NamePattern::of).toList());
    BytesProgress progress = new BytesProgress(err, "dumping", Main.isOnTerminal());
    try {
      if (url == null) {
        run(request, progress, err);
      } else {
        runAtServer(request, progress);
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
    Config config = config();
    Surroundings surroundings =
        Surroundings.system(config)
            .withHolder("./distdb dump")
            .withProgress(Main.isOnTerminal() ? new RecoveryProgress(err) : (done, total) -> {});
    try (Node node = Node.start(config, surroundings);
        Client all = Client.of(node, surroundings);
        Client client =
            all.database(databaseName == null ? node.databases().likelyName() : databaseName);
        OutputStream target = target()) {
      write(client, target, request, progress);
    }
  }

  private void runAtServer(DumpRequest request, BytesProgress progress) throws IOException {
    ServerUrlOption server = ServerUrlOption.of(url, databaseName, System.getenv());
    try (Client client = server.open(Client::connect)) {
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

  /** Engine and journal are what the directory says that they are. */
  private Config config() {
    DirectoryDescription found = DirectoryDescription.of(Surroundings.place(data));
    Map<String, String> options = new LinkedHashMap<>();
    options.put("data_dir", data);
    options.put("storage", found.engine());
    options.put("wal_dir", found.journal().orElse(""));
    return Config.read(Optional.ofNullable(configFile), System.getenv(), options);
  }
}
