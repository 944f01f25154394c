// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.client.Client;
import io.distdb.node.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./distdb backup} and {@code ./distdb restore} as their users meet them. */
final class BackupCommandsTest {
  @TempDir private Path directory;

  private String at(String name) {
    return directory.resolve(name).toString();
  }

  private static long rows(Path data) {
    try (Client client = Client.open(data)) {
      return client.queryValue("SELECT count(*) FROM t", Long.class);
    }
  }

  @BeforeEach
  void fill() {
    try (Client client = Client.open(directory.resolve("data"))) {
      client.execute("CREATE TABLE t (id integer PRIMARY KEY)");
      client.execute("INSERT INTO t SELECT i FROM generate_series(1, 100) AS g (i)");
    }
  }

  @Test
  void aBackupIsWrittenAndRestored() {
    Answer backup = Answer.to("backup", "--data", at("data"), "--to", at("backup"));
    assertThat(backup.err()).isEmpty();
    assertThat(backup.code()).isZero();
    assertThat(backup.out())
        .matches("(?s)full backup [0-9a-f]{32} as of \\S+Z \\([0-9]+\\): [0-9]+ entries, .*");
    Answer restore = Answer.to("restore", "--from", at("backup"), "--data", at("restored"));
    assertThat(restore.err()).isEmpty();
    assertThat(restore.code()).isZero();
    assertThat(restore.out()).startsWith("restored backup ");
    assertThat(rows(directory.resolve("restored"))).isEqualTo(100);
  }

  @Test
  void aChainIsFoundBesideAndTheArchiveGoesOn() {
    Config config =
        Config.builder()
            .directory(directory.resolve("data"))
            .archiveDirectory(directory.resolve("archive"))
            .build();
    Answer.to("backup", "--data", at("data"), "--to", at("full"));
    Client.open(config).close();
    try (Client client = Client.open(directory.resolve("data"))) {
      client.execute("INSERT INTO t VALUES (1000)");
    }
    Answer backup =
        Answer.to("backup", "--data", at("data"), "--to", at("next"), "--from", at("full"));
    assertThat(backup.err()).isEmpty();
    assertThat(backup.out())
        .matches(
            "(?s)incremental backup [0-9a-f]{32} as of \\S+Z \\([0-9]+\\): [0-9]+ records, .*");
    Answer chain = Answer.to("restore", "--from", at("next"), "--data", at("restored"));
    assertThat(chain.err()).isEmpty();
    assertThat(chain.out()).contains("commits from the log: ");
    assertThat(rows(directory.resolve("restored"))).isEqualTo(101);
    try (Client client = Client.open(config)) {
      client.execute("INSERT INTO t VALUES (1001)");
    }
    Answer archived =
        Answer.to("restore", "--from", at("next"), "--archive", at("archive"), "--data", at("all"));
    assertThat(archived.err()).isEmpty();
    assertThat(rows(directory.resolve("all"))).isEqualTo(102);
    Answer late =
        Answer.to(
            "restore",
            "--from",
            at("full"),
            "--archive",
            at("archive"),
            "--data",
            at("r"),
            "--as-of",
            "2999-01-01");
    assertThat(late.err()).contains("is no moment");
    late =
        Answer.to(
            "restore",
            "--from",
            at("full"),
            "--archive",
            at("archive"),
            "--data",
            at("r"),
            "--as-of",
            "2999-01-01 00:00");
    assertThat(late.err()).contains("backup and archive reach ", "SQLSTATE:  22023");
  }

  @Test
  void zstdIsChosenByName() {
    assertThat(
            Answer.to("backup", "--data", at("data"), "--to", at("b"), "--compression", "zstd")
                .code())
        .isZero();
    assertThat(Answer.to("restore", "--from", at("b"), "--data", at("restored")).code()).isZero();
    Answer wrong =
        Answer.to("backup", "--data", at("data"), "--to", at("c"), "--compression", "gzip");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("--compression is lz4, zstd or none, not \"gzip\"");
  }

  @Test
  void anOpenDatabaseIsBackedUpFromWithin() {
    try (Client client = Client.open(directory.resolve("data"))) {
      Answer refused = Answer.to("backup", "--data", at("data"), "--to", at("backup"));
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err())
          .contains("is in use by")
          .contains("HINT:  Run BACKUP TO '" + at("backup") + "' in the process that has it open")
          .contains("SQLSTATE:  55006");
      client.execute("INSERT INTO t VALUES (1000)");
    }
  }

  @Test
  void whatIsNotThereIsNotMade() {
    Answer refused = Answer.to("backup", "--data", at("nowhere"), "--to", at("backup"));
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("there is no database in").contains("SQLSTATE:  58P01");
    assertThat(Files.exists(directory.resolve("nowhere"))).isFalse();
    Answer none = Answer.to("restore", "--from", at("nowhere"), "--data", at("restored"));
    assertThat(none.err()).contains("there is no backup in").contains("SQLSTATE:  58P01");
    assertThat(Files.exists(directory.resolve("restored"))).isFalse();
  }

  @Test
  void liveDataIsNotRestoredOver() throws IOException {
    Answer.to("backup", "--data", at("data"), "--to", at("backup"));
    Answer refused = Answer.to("restore", "--from", at("backup"), "--data", at("data"));
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("holds a database").contains("SQLSTATE:  58P02");
    assertThat(rows(directory.resolve("data"))).isEqualTo(100);
    Files.delete(directory.resolve("backup/BACKUP"));
    Answer interrupted = Answer.to("restore", "--from", at("backup"), "--data", at("restored"));
    assertThat(interrupted.err()).contains("holds an interrupted backup").contains("55000");
  }

  @Test
  void momentsAreTimesOrTimestamps() {
    Answer.to("backup", "--data", at("data"), "--to", at("backup"));
    Answer wrong =
        Answer.to("restore", "--from", at("backup"), "--data", at("r"), "--as-of", "yesterday");
    assertThat(wrong.err()).contains("\"yesterday\" is no moment").contains("22007");
    Answer other =
        Answer.to(
            "restore", "--from", at("backup"), "--data", at("r"), "--as-of", "2020-01-01 12:00");
    assertThat(other.err()).contains("cannot be restored as of 2020-01-01T12:00:00Z");
    Answer printed =
        Answer.to(
            "restore",
            "--from",
            at("backup"),
            "--data",
            at("r"),
            "--as-of",
            "2020-01-01 12:00:00.25+02");
    assertThat(printed.err()).contains("cannot be restored as of 2020-01-01T10:00:00.250Z");
  }

  @Test
  void aMissingEngineIsNamedBeforeAnythingIsMade() {
    Answer.to("backup", "--data", at("data"), "--to", at("backup"));
    Answer refused =
        Answer.to("restore", "--from", at("backup"), "--data", at("r"), "--storage", "granite");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("storage: granite: no storage engine of this name");
    assertThat(Files.exists(directory.resolve("r"))).isFalse();
  }

  @Test
  void theJournalIsFoundWhereTheDirectorySaysItIs() {
    Path data = directory.resolve("apart");
    Config config = Config.builder().directory(data).walDirectory(directory.resolve("wal")).build();
    try (Client client = Client.open(config)) {
      client.execute("CREATE TABLE t (id integer PRIMARY KEY)");
      client.execute("INSERT INTO t VALUES (1), (2)");
    }
    Answer backup = Answer.to("backup", "--data", at("apart"), "--to", at("backup"));
    assertThat(backup.err()).isEmpty();
    Answer.to("restore", "--from", at("backup"), "--data", at("restored"));
    assertThat(rows(directory.resolve("restored"))).isEqualTo(2);
  }
}
