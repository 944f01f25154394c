// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.client.remote.Connections;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Surroundings;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./distdb sql}. */
@Command(
    name = "sql",
    description = {
      "Runs SQL: at a prompt, from -c and -f in their order, or from standard input.",
      "With --url on a server: a node (./distdb start) or PostgreSQL.",
      "Without a data directory the database is in memory and gone at the end."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every statement succeeded, or the prompt was left",
      "1:the database could not be opened or connected to, or a file of -f not be read",
      "2:wrong usage",
      "3:a statement failed"
    })
final class SqlCommand implements Callable<Integer> {
  /** psql's exit code for it too. */
  private static final int STATEMENT_FAILED = 3;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private DatabaseOptions database;

  @Mixin private StorageOptions storage;

  private final List<Piece> pieces = new ArrayList<>();

  /** What -c or -f gave. */
  private sealed interface Piece {
    record Text(String sql) implements Piece {}

    record File(Path path) implements Piece {}
  }

  @Option(names = "--memory", description = "In memory, whatever a file or DISTDB_DATA_DIR says.")
  private boolean memory;

  @Option(
      names = "-c",
      paramLabel = "SQL",
      description = "Runs this, then leaves. May be repeated. Stops at the first error.")
  void text(List<String> sql) {
    if (!sql.isEmpty()) {
      pieces.add(new Piece.Text(sql.getLast()));
    }
  }

  @Option(
      names = "-f",
      paramLabel = "FILE",
      description = "Runs this file, then leaves. May be repeated. Stops at the first error.")
  void file(List<Path> file) {
    if (!file.isEmpty()) {
      pieces.add(new Piece.File(file.getLast()));
    }
  }

  @Option(
      names = {"-1", "--single-transaction"},
      description = "Runs all of -c and -f as one transaction: everything or nothing.")
  private boolean singleTransaction;

  @Option(names = "--csv", description = "Prints rows as CSV.")
  private boolean csv;

  @Option(
      names = {"-A", "--no-align"},
      description = "Prints rows unaligned, with | between the cells.")
  private boolean unaligned;

  @Option(
      names = {"-t", "--tuples-only"},
      description = "Prints rows without headings and counts.")
  private boolean tuplesOnly;

  @Option(
      names = {"-x", "--expanded"},
      description = "Prints one column a line.")
  private boolean expanded;

  @Option(
      names = {"-q", "--quiet"},
      description = "Prints rows and errors only: no greeting, no CREATE TABLE.")
  private boolean quiet;

  @Option(
      names = {"-v", "--set", "--variable"},
      paramLabel = "NAME=VALUE",
      description = "Sets a variable, as \\set does. May be repeated.")
  private Map<String, String> variables = new LinkedHashMap<>();

  private Display display() {
    return new Display(
        csv ? Display.Format.CSV : unaligned ? Display.Format.UNALIGNED : Display.Format.ALIGNED,
        expanded ? Display.Expanded.ON : Display.Expanded.OFF,
        tuplesOnly,
        quiet,
        "",
        1);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (singleTransaction && pieces.isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--single-transaction is for -c and -f");
    }
    if (database.isAtServer() && (storage.areGiven() || memory)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--url excludes --data, --config, --storage and --memory");
    }
    try {
      boolean good =
          database.isAtServer() ? runAtServer(out, err) : run(storage.read(memory), out, err);
      return good ? 0 : STATEMENT_FAILED;
    } catch (DistDbException failure) {
      new ErrorPrinter(err).print("", failure, "");
      return 1;
    }
  }

  private boolean run(Config config, PrintWriter out, PrintWriter err) throws IOException {
    boolean onTerminal = Main.isOnTerminal();
    Surroundings surroundings =
        Surroundings.system(config)
            .withHolder("./distdb sql")
            .withProgress(onTerminal ? new RecoveryProgress(err) : (done, total) -> {});
    try (Node node = Node.start(config, surroundings)) {
      String name = database.nameIn(node);
      return run(LocalDatabase.of(node.databases(), name, place(config)), out, err);
    }
  }

  private boolean runAtServer(PrintWriter out, PrintWriter err) throws IOException {
    return run(new ServerDatabase(database.server().open(Connections::open)), out, err);
  }

  private boolean run(ShellDatabase shown, PrintWriter out, PrintWriter err) throws IOException {
    boolean onTerminal = Main.isOnTerminal();
    String place = shown.place();
    try (Shell shell = new Shell(shown, out, err, onTerminal)) {
      shell.show(display());
      variables.forEach(shell.variables()::set);
      if (!pieces.isEmpty()) {
        shell.copyFrom(new ScriptLines(standardInput()));
        return singleTransaction ? runAsOne(shell) : runPieces(shell);
      }
      if (onTerminal && !quiet) {
        out.println("DistDB " + Main.version() + ", " + place + ". \\? for help, \\q to leave.");
        out.flush();
      }
      return converse(shell, onTerminal);
    }
  }

  private static boolean converse(Shell shell, boolean onTerminal) throws IOException {
    if (onTerminal) {
      new Prompt(shell).run();
      return true;
    }
    return shell.scripts().run(standardInput(), "stdin");
  }

  private static Reader standardInput() {
    return new InputStreamReader(System.in, StandardCharsets.UTF_8);
  }

  private static String place(Config config) {
    return config
        .directory()
        .map(directory -> "data in " + directory.toAbsolutePath())
        .orElse("in memory");
  }

  /** As psql: what commits within is committed. */
  private boolean runAsOne(Shell shell) throws IOException {
    shell.session().execute("BEGIN");
    boolean good = runPieces(shell);
    return switch (shell.session().transactionStatus()) {
      case IDLE -> good;
      case IN_TRANSACTION -> {
        shell.session().execute(good ? "COMMIT" : "ROLLBACK");
        yield good;
      }
      case FAILED -> {
        shell.session().execute("ROLLBACK");
        yield false;
      }
    };
  }

  private boolean runPieces(Shell shell) throws IOException {
    for (Piece piece : pieces) {
      boolean good =
          switch (piece) {
            case Piece.Text(String sql) -> runText(shell, sql);
            case Piece.File(Path path) -> shell.scripts().run(path);
          };
      if (!good || shell.isEnded()) {
        return good;
      }
    }
    return true;
  }

  private static boolean runText(Shell shell, String sql) {
    boolean[] good = {true};
    ScriptBuffer buffer =
        new ScriptBuffer(
            item -> {
              if (good[0] && !shell.isEnded()) {
                good[0] = shell.runAndGoOn(item, "");
              }
            },
            shell.variables()::get);
    sql.lines().forEach(buffer::line);
    buffer.end();
    return good[0];
  }
}
