// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Clock;
import io.distdb.node.inspect.InspectSurroundings;
import io.distdb.node.repair.Repair;
import io.distdb.node.repair.RepairReport;
import io.distdb.storage.memory.disk.FileDisk;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./distdb repair}. */
@Command(
    name = "repair",
    description = {
      "Says what is damaged in a data directory, or saves what can be saved into a new one.",
      "What the damage costs is told in rows and commits. The damaged directory is never changed."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing is damaged",
      "1:something is damaged; with --to, the rest is saved",
      "2:wrong usage, or it could not be looked at or saved"
    })
final class RepairCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The damaged directory; nobody may have it open.")
  private Path data;

  @ArgGroup(multiplicity = "1")
  private Work work;

  /** What is to be done. */
  private static final class Work {
    @Option(names = "--dry-run", required = true, description = "Only says.")
    private boolean dryRun;

    @Option(
        names = "--to",
        paramLabel = "NEWDIR",
        required = true,
        description = "Saves into this new or empty directory.")
    private Path target;
  }

  @Option(
      names = "--stop-at-gap",
      description = {
        "With --to: leaves out the commits behind the first that is lost, so that the new database",
        "is the old one as it was at a moment. Without it they are saved, too."
      })
  private boolean stopAtGap;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      long memory = ToolMemory.bytes(data.toString(), System.getenv());
      Repair repair =
          new Repair(
              FileDisk.readOnly(data, Clock.system()),
              InspectSurroundings.system(InspectCommand.progress(err, "reading")),
              memory);
      RepairReport report =
          work.target == null
              ? repair.diagnose()
              : repair.save(new FileDisk(work.target, Clock.system()), stopAtGap);
      new RepairText(out).print(report);
      return report.isSound() ? 0 : InspectCommand.DAMAGED;
    } catch (DistDbException failure) {
      new ErrorPrinter(err).print("", failure, "");
      return InspectCommand.NOT_SEEN;
    }
  }
}
