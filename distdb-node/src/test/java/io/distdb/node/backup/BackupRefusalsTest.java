// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.backup.BackupReport;
import io.distdb.api.backup.BackupRequest;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.DiskFaults;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no backup, and what must not be overwritten. */
class BackupRefusalsTest {
  private final BackupHome home = new BackupHome();

  private static void assertRefused(ErrorCode code, String part, ThrowingCallable call) {
    DistDbException refusal = catchThrowableOfType(DistDbException.class, call);
    assertThat(refusal).as("refused with " + code).isNotNull();
    assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
    assertThat(refusal).hasMessageContaining(part);
  }

  private static void fill(Client client) {
    client.execute("CREATE TABLE t (id integer PRIMARY KEY, v text)");
    client.execute("INSERT INTO t SELECT i, 'v' || i FROM generate_series(1, 500) AS g (i)");
  }

  private static long rows(Client client) {
    return client.queryValue("SELECT count(*) FROM t", Long.class);
  }

  @Test
  void aDirectoryThatIsNotEmptyIsNotWrittenInto() {
    try (Client client = home.open()) {
      fill(client);
      client.backup(BackupRequest.full("backup"));
      assertRefused(
          ErrorCode.DUPLICATE_FILE,
          "holds a backup already",
          () -> client.backup(BackupRequest.full("backup")));
      home.place("other");
      home.replace("other/letter.txt", "dear".getBytes(StandardCharsets.UTF_8));
      assertRefused(
          ErrorCode.DUPLICATE_FILE, "letter.txt", () -> client.backup(BackupRequest.full("other")));
      assertThat(home.disk.list("other")).containsExactly("letter.txt");
      assertRefused(ErrorCode.DUPLICATE_FILE, "letter.txt", () -> home.restore("backup", "other"));
    }
  }

  @Test
  void anEmptyNameIsNotTheCurrentDirectory(@TempDir Path directory) {
    try (Client client = Client.open(directory.resolve("data"))) {
      assertRefused(ErrorCode.INVALID_NAME, "is empty", () -> client.execute("BACKUP TO ''"));
    }
  }

  @Test
  void takenAndRefusedBackupsAreCounted() {
    try (Client client = home.open()) {
      fill(client);
      BackupReport report = client.backup(BackupRequest.full("backup"));
      assertRefused(
          ErrorCode.DUPLICATE_FILE, "holds", () -> client.backup(BackupRequest.full("backup")));
      assertThat(metric(client, "taken")).isEqualTo(1);
      assertThat(metric(client, "failed")).isEqualTo(1);
      assertThat(metric(client, "running")).isZero();
      assertThat(metric(client, "bytes")).isEqualTo(report.bytes());
    }
  }

  private static long metric(Client client, String name) {
    return client.queryValue(
        "SELECT value::bigint FROM distdb.metrics WHERE name = $1", Long.class, "backup." + name);
  }

  @Test
  void aRestoreOverLiveDataIsRefused() {
    try (Client client = home.open()) {
      fill(client);
      client.backup(BackupRequest.full("backup"));
      assertRefused(
          ErrorCode.DUPLICATE_FILE, "holds a database", () -> home.restore("backup", "data"));
      assertThat(rows(client)).isEqualTo(500);
    }
    assertRefused(
        ErrorCode.DUPLICATE_FILE, "holds a database", () -> home.restore("backup", "data"));
  }

  @Test
  void aBackupWithinTheDataDirectoryIsRefused(@TempDir Path directory) {
    Path data = directory.resolve("data");
    try (Client client = Client.open(data)) {
      assertRefused(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "is within the data directory",
          () -> client.backup(BackupRequest.full(data.resolve("snapshots/b").toString())));
      assertThat(Files.exists(data.resolve("snapshots/b"))).isFalse();
    }
  }

  @Test
  void whereThereIsNoBackupThatIsSaid() {
    assertRefused(ErrorCode.UNDEFINED_FILE, "no backup", () -> home.restore("nowhere", "restored"));
    home.place("other");
    home.replace("other/letter.txt", "dear".getBytes(StandardCharsets.UTF_8));
    assertRefused(
        ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
        "no file BACKUP",
        () -> home.restore("other", "restored"));
  }

  @Test
  void aBackupIsOfOneMoment() {
    BackupReport report;
    try (Client client = home.open()) {
      fill(client);
      report = client.backup(BackupRequest.full("backup"));
    }
    OptionalLong earlier = OptionalLong.of(report.timestamp() - 1);
    assertRefused(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "cannot be restored as of",
        () -> home.restore("backup", "restored", earlier));
    home.restore("backup", "restored", OptionalLong.of(report.timestamp()));
    try (Client client = home.open("restored", BackupHome.CONFIG)) {
      assertThat(rows(client)).isEqualTo(500);
    }
  }

  /** Whoever stops it finds the directory empty again, and may use it. */
  @Test
  void aCancelledBackupLeavesNothing() {
    try (Client client = home.open();
        Session session = client.newSession()) {
      fill(client);
      BackupRequest stopped =
          BackupRequest.full("backup")
              .withWatch(bytes -> {
                throw new DistDbException(ErrorCode.QUERY_CANCELED, "stopped");
              });
      assertRefused(ErrorCode.QUERY_CANCELED, "stopped", () -> client.backup(stopped));
      assertThat(home.disk.list("backup")).isEmpty();
      session.execute("SET statement_timeout = 60000");
      session.execute("BACKUP TO 'backup'");
      assertThat(home.disk.list("backup")).containsExactly("BACKUP", "shard-0.snapshot");
      session.execute("BEGIN");
      assertRefused(
          ErrorCode.ACTIVE_TRANSACTION,
          "cannot run inside a transaction block",
          () -> session.execute("BACKUP TO 'second'"));
    }
  }

  /** The limit makes it slow enough to be met by the time-out. */
  @Test
  void theStatementTimeoutEndsABackup() {
    try (Client client =
            home.open("data", BackupHome.CONFIG.toBuilder().backupIoLimitBytes(1_000).build());
        Session session = client.newSession()) {
      fill(client);
      session.execute("SET statement_timeout = 20");
      assertRefused(
          ErrorCode.QUERY_CANCELED,
          "canceling statement due to statement timeout",
          () -> session.execute("BACKUP TO 'backup'"));
      assertThat(home.disk.list("backup")).isEmpty();
    }
  }

  @Test
  void aFullDiskEndsTheBackupAndNothingElse() {
    try (Client client = home.open()) {
      fill(client);
      long failed = 0;
      for (long call = 0; call < 12; call++) {
        home.disk.faults().failFrom(home.disk.calls() + call, DiskFaults.Failure.DISK_FULL);
        DistDbException full =
            catchThrowableOfType(
                DistDbException.class, () -> client.backup(BackupRequest.full("backup")));
        home.disk.faults().heal();
        if (full == null) {
          break;
        }
        failed++;
        assertThat(full.code()).as("call " + call).isEqualTo(ErrorCode.DISK_FULL);
        assertThat(rows(client)).isEqualTo(500);
        client.execute("INSERT INTO t VALUES ($1, 'on')", 1_000 + call);
        client.execute("DELETE FROM t WHERE id >= 1000");
        assertThatThrownBy(() -> home.restore("backup", "restored"))
            .isInstanceOf(DistDbException.class);
      }
      assertThat(failed).isPositive();
    }
  }

  @Test
  void anErrorOfTheDiskEndsTheBackupAndNothingElse() {
    try (Client client = home.open()) {
      fill(client);
      client.checkpoint();
      for (long call = 0; ; call++) {
        home.disk.faults().failCall(home.disk.calls() + call, DiskFaults.Failure.IO_ERROR);
        DistDbException broken =
            catchThrowableOfType(
                DistDbException.class, () -> client.backup(BackupRequest.full("backup")));
        home.disk.faults().heal();
        if (broken == null) {
          assertThat(call).isGreaterThan(8);
          break;
        }
        assertThat(broken.code()).as("call " + call).isEqualTo(ErrorCode.IO_ERROR);
        client.execute("UPDATE t SET v = 'on' WHERE id = 7");
        home.disk.list("backup").forEach(name -> home.disk.delete("backup/" + name));
      }
      home.restore("backup", "restored");
    }
  }

  @Test
  void anInterruptedRestoreIsNoDatabase() {
    try (Client client = home.open()) {
      fill(client);
      client.backup(BackupRequest.full("backup"));
    }
    home.place("restored");
    long before = home.disk.calls();
    home.disk.faults().failFrom(before + 20, DiskFaults.Failure.IO_ERROR);
    assertThatThrownBy(() -> home.restore("backup", "restored"))
        .isInstanceOf(DistDbException.class);
    home.disk.faults().heal();
    assertThat(home.disk.list("restored")).contains("RESTORING").doesNotContain("FORMAT");
    assertRefused(
        ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
        "holds an interrupted restore",
        () -> home.open("restored", BackupHome.CONFIG));
    assertRefused(
        ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
        "holds an interrupted restore",
        () -> home.restore("backup", "restored"));
    assertThat(home.disk.afterPowerLoss(CrashMode.LOST).exists("restored/FORMAT")).isFalse();
  }

  @Test
  void aNewerFormatIsRefusedWithBothVersions() {
    try (Client client = home.open()) {
      fill(client);
      client.backup(BackupRequest.full("backup"));
    }
    String text = new String(home.content("backup/BACKUP"), StandardCharsets.UTF_8);
    home.replace(
        "backup/BACKUP",
        ManifestText.signed(text.substring(0, text.indexOf("id ")).replace("format 1", "format 2"))
            .getBytes(StandardCharsets.UTF_8));
    assertRefused(
        ErrorCode.INCOMPATIBLE_FORMAT,
        "has backup format 2, but this DistDB reads formats up to 1",
        () -> home.restore("backup", "restored"));
  }
}
