// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.Timestamp;
import io.distdb.api.backup.BackupReport;
import io.distdb.api.backup.BackupRequest;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.Compression;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Surroundings;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./distdb backup}. */
@Command(
    name = "backup",
    description = {
      "Writes a consistent copy of a database that nobody has open into a new directory.",
      "While it is open, run BACKUP TO 'DIR' in the process that has it: others go on meanwhile."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the backup is complete", "1:there is no backup", "2:wrong usage"})
final class BackupCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private ConfigOption configFile;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The data directory.")
  private String data;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "Where the backup goes: a new or an empty directory.")
  private String to;

  @Option(
      names = "--from",
      paramLabel = "EARLIER",
      description = "The directory of an earlier backup; only what came after it is written.")
  private String from;

  @Option(
      names = "--compression",
      paramLabel = "NAME",
      defaultValue = "lz4",
      description = "lz4, zstd or none. Default: ${DEFAULT-VALUE}.")
  private String compression;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Compression chosen =
        Compression.of(compression)
            .orElseThrow(() ->
                new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--compression is lz4, zstd or none, not \"" + compression + "\""));
    BytesProgress progress = new BytesProgress(err, "writing the backup", Main.isOnTerminal());
    try {
      BackupReport report = run(chosen, progress, err);
      progress.end();
      print(report);
      return 0;
    } catch (DistDbException failure) {
      progress.end();
      new ErrorPrinter(err).print("", explained(failure), "");
      return 1;
    }
  }

  private BackupReport run(Compression chosen, BytesProgress progress, PrintWriter err) {
    Config config = configFile.ofDirectory(data);
    Surroundings surroundings =
        Surroundings.system(config)
            .withHolder("./distdb backup")
            .withProgress(Main.isOnTerminal() ? new RecoveryProgress(err) : (done, total) -> {});
    BackupRequest request = new BackupRequest(to, Optional.ofNullable(from), chosen, progress::at);
    try (Node node = Node.start(config, surroundings)) {
      return node.backups().take(request);
    }
  }

  private DistDbException explained(DistDbException failure) {
    return failure.code() == ErrorCode.DATABASE_IN_USE
        ? failure.withHint(
            "Run BACKUP TO '" + to + "' in the process that has it open, or close it there.")
        : failure;
  }

  private void print(BackupReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s backup %s as of %s (%d): %d %s, %s MiB in %s%n",
        report.incremental() ? "incremental" : "full",
        report.id(),
        Timestamp.toInstant(report.timestamp()),
        report.timestamp(),
        report.entries(),
        report.incremental() ? "records" : "entries",
        BytesProgress.mebibytes(report.bytes()),
        BytesProgress.seconds(report.nanos()));
    out.flush();
  }
}
