// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Clock;
import io.distdb.node.backup.BackupSurvey;
import io.distdb.node.inspect.DirectoryReport;
import io.distdb.node.inspect.DirectorySurvey;
import io.distdb.node.inspect.InspectSurroundings;
import io.distdb.storage.memory.disk.FileDisk;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./distdb inspect}. */
@Command(
    name = "inspect",
    description = {
      "Says what a data directory or a backup consists of and what is wrong with it.",
      "It opens no database and changes nothing; another process may have it open."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing is wrong with what was read",
      "1:something is damaged or missing",
      "2:wrong usage, or it could not be looked at"
    })
final class InspectCommand implements Callable<Integer> {
  static final int DAMAGED = 1;
  static final int NOT_SEEN = 2;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Place place;

  /** What is to be looked at. */
  private static final class Place {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        required = true,
        description = "A data directory.")
    private Path data;

    @Option(
        names = "--backup",
        paramLabel = "DIR",
        required = true,
        description = "A backup. All of it is read and checked.")
    private Path backup;
  }

  @Option(
      names = "--verify",
      description = {
        "Reads everything and checks every checksum. Without it, rows of the engine rocksdb are",
        "not read: its own books are believed."
      })
  private boolean verify;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      boolean sound = place.backup == null ? directory(out, err) : backup(out, err);
      return sound ? 0 : DAMAGED;
    } catch (DistDbException failure) {
      new ErrorPrinter(err).print("", failure, "");
      return NOT_SEEN;
    }
  }

  private boolean directory(PrintWriter out, PrintWriter err) {
    DirectoryReport report =
        DirectorySurvey.inspect(
            FileDisk.readOnly(place.data, Clock.system()),
            InspectSurroundings.system(progress(err, "reading")),
            verify);
    if (json) {
      InspectJson.print(report, out);
    } else {
      new InspectText(out).print(report);
    }
    return report.isSound();
  }

  private boolean backup(PrintWriter out, PrintWriter err) {
    BackupSurvey survey =
        BackupSurvey.inspect(
            FileDisk.readOnly(place.backup, Clock.system()), progress(err, "reading"));
    if (json) {
      BackupOutput.json(survey, out);
    } else {
      BackupOutput.text(survey, out);
    }
    return survey.damages().isEmpty();
  }

  static Journal.Progress progress(PrintWriter err, String doing) {
    return Main.isOnTerminal() ? new RecoveryProgress(err, doing) : Journal.Progress.SILENT;
  }
}
