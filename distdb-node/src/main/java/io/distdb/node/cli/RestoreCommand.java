// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.Timestamp;
import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.node.backup.BackupManifest;
import io.distdb.node.backup.Restore;
import io.distdb.node.backup.RestoreReport;
import io.distdb.node.backup.RestoreRequest;
import io.distdb.node.backup.RestoreTime;
import io.distdb.node.wiring.Surroundings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./distdb restore}. */
@Command(
    name = "restore",
    description = {
      "Makes a new data directory of a backup. All checksums are verified first.",
      "The storage engine may be another than the one that the backup was taken from."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the database is there", "1:it is not", "2:wrong usage"})
final class RestoreCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "BACKUP",
      required = true,
      description = {
        "The directory of the backup. Those that an incremental one continues are found beside it,",
        "or named by further --from."
      })
  private List<String> from;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The data directory to make: new or empty.")
  private String data;

  @Option(
      names = "--storage",
      paramLabel = "NAME",
      description =
          "The storage engine, memory or rocksdb. Default: the one that the backup is of.")
  private String storage;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description = {
        "The moment to restore, such as 2026-11-26T17:20:07.123456Z, or a timestamp as a number.",
        "Default: that of the backup, or with --archive the last one that is there."
      })
  private String asOf;

  @Option(
      names = "--archive",
      paramLabel = "DIR",
      description = "The archive_dir of the database: the log goes on from it.")
  private String archive;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    BytesProgress progress = new BytesProgress(err, "restoring", Main.isOnTerminal());
    try {
      RestoreReport report = run(progress);
      progress.end();
      print(report);
      return 0;
    } catch (DistDbException failure) {
      progress.end();
      new ErrorPrinter(err).print("", failure, "");
      return 1;
    }
  }

  private RestoreReport run(BytesProgress progress) {
    OptionalLong timestamp =
        asOf == null ? OptionalLong.empty() : OptionalLong.of(RestoreTime.parse(asOf));
    Disk backup = Surroundings.place(from.getFirst());
    String engine = storage == null ? BackupManifest.read(backup).engine() : storage;
    long memoryBytes = ToolMemory.bytes(data, System.getenv());
    RestoreRequest request =
        new RestoreRequest(
            backup,
            Surroundings.place(data),
            engine,
            memoryBytes,
            timestamp,
            earlier(),
            Optional.ofNullable(archive).map(Surroundings::place));
    return new Restore(Scheduler.threads(), Clock.system(), progress).run(request);
  }

  /** Where earlier backups may be: what is named, then what is beside the first. */
  private List<Disk> earlier() {
    List<Disk> places = new ArrayList<>();
    from.stream().skip(1).map(Surroundings::place).forEach(places::add);
    Path parent = Path.of(from.getFirst()).toAbsolutePath().normalize().getParent();
    if (parent != null) {
      Disk beside = Surroundings.place(parent.toString());
      beside.list("").forEach(name -> places.add(beside.directory(name)));
    }
    return places;
  }

  private void print(RestoreReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "restored backup %s as of %s (%d), commits from the log: %d, in %s%n",
        report.manifest().id(),
        Timestamp.toInstant(report.timestamp()),
        report.timestamp(),
        report.commits(),
        BytesProgress.seconds(report.nanos()));
    out.flush();
  }
}
