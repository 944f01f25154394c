// SPDX-License-Identifier: MIT
package io.distdb.testcluster.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import io.distdb.node.config.ConfigBuilder;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Surroundings;
import io.distdb.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives and chains that are damaged, incomplete, full, or of something else. */
class ArchiveTroubleTest {
  @TempDir private Path directory;

  private ConfigBuilder settings() {
    return Config.builder()
        .directory(directory.resolve("data"))
        .archiveDirectory(directory.resolve("archive"))
        .archiveIntervalMillis(1)
        .journalSegmentBytes(1 << 12);
  }

  private static void with(Config config, Consumer<Client> work) {
    Surroundings surroundings = Surroundings.system(config);
    try (Node node = Node.start(config, surroundings);
        Client client = Client.of(node, surroundings)) {
      work.accept(client);
    }
  }

  private static void insert(Client client, int from, int to) {
    for (int id = from; id < to; id++) {
      client.execute("INSERT INTO t VALUES ($1, repeat('v', 100))", id);
    }
  }

  private void backup(Client client, String name, String since) {
    String incremental =
        since == null ? "" : " INCREMENTAL FROM '" + directory.resolve(since) + "'";
    client
        .query("BACKUP TO '" + directory.resolve(name) + "'" + incremental)
        .toList(row -> row.getLong("timestamp"));
  }

  /** A full backup, and seven log files behind it, however seldom the archiver has a turn. */
  private List<Path> archived() {
    with(
        settings().build(),
        client -> {
          client.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)");
          insert(client, 0, 50);
          backup(client, "full", null);
          for (int from = 50; from < 400; from += 50) {
            int before = logs().size();
            insert(client, from, from + 50);
            await(() -> logs().size() > before);
          }
        });
    return logs();
  }

  private List<Path> logs() {
    try (Stream<Path> files = Files.list(directory.resolve("archive"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("log-"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private DistDbException refusal(String name, OptionalLong asOf, String archive, Path... chain) {
    DistDbException refusal =
        catchThrowableOfType(
            DistDbException.class,
            () ->
                new RestoredCopy(directory, "memory")
                    .restore(
                        name,
                        asOf,
                        Optional.ofNullable(archive)
                            .map(place -> RestoredCopy.place(directory.resolve(place))),
                        chain));
    assertThat(refusal).isNotNull();
    assertThat(directory.resolve(name)).doesNotExist();
    return refusal;
  }

  @Test
  void aFileThatIsMissingBetweenOthersIsNamed() throws IOException {
    List<Path> logs = archived();
    Path missing = logs.get(logs.size() - 2);
    Files.delete(missing);
    DistDbException refusal =
        refusal("r", OptionalLong.empty(), "archive", directory.resolve("full"));
    assertThat(refusal.code()).isEqualTo(ErrorCode.DATA_CORRUPTED);
    String[] indexes = missing.getFileName().toString().split("-");
    assertThat(refusal)
        .hasMessageContainingAll(
            "from index " + Long.parseLong(indexes[2]),
            "to index " + Long.parseLong(indexes[3]),
            logs.get(logs.size() - 3).getFileName().toString(),
            logs.getLast().getFileName().toString());
    assertThat(refusal.hint().orElseThrow()).contains("Bring the file back");
  }

  @Test
  void aDamagedFileIsNamedWithTheByte() throws IOException {
    List<Path> logs = archived();
    Path damaged = logs.get(logs.size() - 2);
    byte[] content = Files.readAllBytes(damaged);
    content[content.length / 2] ^= 4;
    Files.write(damaged, content);
    DistDbException refusal =
        refusal("r", OptionalLong.empty(), "archive", directory.resolve("full"));
    assertThat(refusal.code()).isEqualTo(ErrorCode.DATA_CORRUPTED);
    assertThat(refusal).hasMessageContainingAll("the log file " + damaged, "is damaged at byte ");
    assertThat(refusal.hint()).isPresent();
  }

  @Test
  void anArchiveThatBeginsTooLateAndAMomentTooLateAreRefused() throws IOException {
    List<Path> logs = archived();
    DistDbException late =
        refusal("r", OptionalLong.of(Long.MAX_VALUE / 4), "archive", directory.resolve("full"));
    assertThat(late.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE);
    assertThat(late).hasMessageContaining("backup and archive reach 20");
    DistDbException early = refusal("r", OptionalLong.of(1), "archive", directory.resolve("full"));
    assertThat(early.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE);
    for (Path log : logs.subList(0, logs.size() - 1)) {
      Files.delete(log);
    }
    DistDbException begins =
        refusal("r", OptionalLong.empty(), "archive", directory.resolve("full"));
    assertThat(begins.code()).isEqualTo(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE);
    assertThat(begins).hasMessageContaining("its first file is " + logs.getLast().getFileName());
  }

  @Test
  void theArchiveOfAnotherDatabaseIsRefused() {
    archived();
    Config other =
        settings()
            .directory(directory.resolve("other"))
            .archiveDirectory(directory.resolve("other-archive"))
            .build();
    with(
        other,
        client -> {
          client.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)");
          backup(client, "other-full", null);
        });
    assertThat(
            refusal("r", OptionalLong.empty(), "other-archive", directory.resolve("full")).code())
        .isEqualTo(ErrorCode.CONFIGURATION_ERROR);
    DistDbException opening =
        catchThrowableOfType(
            DistDbException.class,
            () ->
                with(
                    settings().archiveDirectory(directory.resolve("other-archive")).build(),
                    client -> {}));
    assertThat(opening.code()).isEqualTo(ErrorCode.CONFIGURATION_ERROR);
    assertThat(opening).hasMessageContaining("is of the database");
    with(
        settings().build(),
        client -> {
          DistDbException foreign =
              catchThrowableOfType(
                  DistDbException.class, () -> backup(client, "child", "other-full"));
          assertThat(foreign.code()).isEqualTo(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE);
          assertThat(foreign).hasMessageContaining("cannot be continued: it is of the database");
        });
    assertThat(directory.resolve("child")).doesNotExist();
  }

  @Test
  void aPurgedLogIsTakenFromTheArchiveOrRefused() {
    Config without =
        Config.builder().directory(directory.resolve("data")).journalSegmentBytes(1 << 12).build();
    with(
        without,
        client -> {
          client.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)");
          backup(client, "first", null);
          insert(client, 0, 200);
          client.checkpoint();
          DistDbException gone =
              catchThrowableOfType(DistDbException.class, () -> backup(client, "second", "first"));
          assertThat(gone.code()).isEqualTo(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE);
          assertThat(gone).hasMessageContaining("the earlier backup cannot be continued");
          assertThat(gone.hint().orElseThrow()).contains("full backup", "archive_dir");
        });
    with(
        settings().build(),
        client -> {
          backup(client, "third", null);
          insert(client, 200, 400);
          client.execute("UPDATE t SET v = 'later' WHERE id < 10");
          awaitNoJournal(client);
          backup(client, "fourth", "third");
        });
    RestoredCopy copies = new RestoredCopy(directory, "memory");
    assertThat(
            copies
                .content(
                    "r",
                    OptionalLong.empty(),
                    Optional.empty(),
                    directory.resolve("fourth"),
                    directory.resolve("third"))
                .get("postgres.t"))
        .hasSize(400)
        .contains("9|later");
    assertThat(refusal("r2", OptionalLong.empty(), null, directory.resolve("fourth")).getMessage())
        .contains("continues the backup", "which is not here");
  }

  /** Until a checkpoint has let the log of the last statements go. */
  private static void awaitNoJournal(Client client) {
    await(() -> {
      client.checkpoint();
      return metric(client, "archive.failing") == 0
          && metric(client, "journal.retained") < 2 * (1 << 12);
    });
  }

  private static double metric(Client client, String name) {
    return client
        .query("SELECT value FROM distdb.metrics WHERE name = $1", name)
        .toList(row -> row.getDouble(0))
        .getFirst();
  }

  private static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the condition came to hold").isLessThan(until);
      Thread.yield();
    }
  }

  @Test
  void aFullArchiveCostsNobodyACommitAndNothingIsMissingAfterwards() {
    SimulatedDisk archive = new SimulatedDisk(1);
    Config config = settings().build();
    Surroundings real = Surroundings.system(config);
    Surroundings surroundings =
        new Surroundings(
            real.clock(),
            real.scheduler(),
            real.disk(),
            real.journal(),
            real.holder(),
            real.progress(),
            path -> path.endsWith("archive") ? archive : Surroundings.place(path));
    try (Node node = Node.start(config, surroundings);
        Client client = Client.of(node, surroundings)) {
      client.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)");
      backup(client, "full", null);
      archive.faults().capacityBytes(100);
      insert(client, 0, 300);
      await(() -> metric(client, "archive.failing") == 1);
      client.checkpoint();
      assertThat(metric(client, "journal.retained")).isGreaterThan(300 * 100);
      insert(client, 300, 320);
      archive.faults().capacityBytes(1 << 30);
      await(() ->
          metric(client, "archive.failing") == 0 && metric(client, "journal.retained") < 3 * 4096);
      insert(client, 320, 330);
    }
    Disk whole = archive;
    assertThat(
            new RestoredCopy(directory, "memory")
                .content("r", OptionalLong.empty(), Optional.of(whole), directory.resolve("full"))
                .get("postgres.t"))
        .hasSize(330);
  }
}
