// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import io.distdb.api.journal.Durability;
import io.distdb.api.storage.Compression;
import io.distdb.api.txn.IsolationLevel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every key there is: what reads them, checks them and documents them looks here. */
final class Settings {
  private static final String SIZE = "a size such as 64MiB (B, KiB, MiB, GiB, TiB)";
  private static final String DURATION =
      "a duration such as 10s (ms, s, min, h), or 0 for no limit";

  /** Whose value is never shown. */
  static final String PASSWORD = "auth_password";

  private static final List<Setting> DATABASE =
      List.of(
          Setting.of(
              "data_dir",
              "",
              "a path",
              "where the data is; without it the database is in memory and gone with the process",
              Settings::path,
              ConfigBuilder::directory),
          Setting.of(
              "wal_dir",
              "within `data_dir`",
              "a path, outside of `data_dir`",
              "where the journal is, such as on a disk of its own. Decided when the database is"
                  + " made; opening it otherwise is refused",
              Settings::path,
              ConfigBuilder::walDirectory),
          Setting.of(
              "archive_dir",
              "",
              "a path, outside of `data_dir` and `wal_dir`",
              "where the log is kept for restores to a point in time; without it the log goes with"
                  + " the checkpoints that cover it",
              Settings::path,
              ConfigBuilder::archiveDirectory),
          Setting.of(
              "archive_interval",
              "1min",
              "a duration such as 10s (ms, s, min, h), from 1ms to 8784h",
              "longest time from a commit until it is in `archive_dir`",
              SettingText::duration,
              ConfigBuilder::archiveIntervalMillis),
          Setting.of(
              "storage",
              "memory",
              "the name of a storage engine on the class path: memory, or rocksdb with"
                  + " io.distdb:distdb-storage-rocksdb",
              "what holds the data. Decided when the database is made; opening it with another is"
                  + " refused",
              text -> text,
              ConfigBuilder::storage),
          Setting.of(
              "durability",
              "sync with `data_dir`, none without",
              "sync, interval, none",
              "when a commit counts as written: forced to the disk, forced at intervals, or never",
              text -> SettingText.constant(Durability.class, text),
              ConfigBuilder::durability),
          Setting.of(
              "durability_interval",
              "1s",
              "a duration such as 10s (ms, s, min, h), from 1ms to 8784h",
              "time between two forces of the disk when `durability` is interval",
              SettingText::duration,
              ConfigBuilder::intervalMillis),
          Setting.of(
              "journal_segment",
              "16MiB",
              "a size from 4KiB to 1GiB",
              "size of a journal file; it is allocated as a whole",
              SettingText::size,
              ConfigBuilder::journalSegmentBytes),
          Setting.of(
              "checkpoint",
              "32MiB",
              "a size of at least 1MiB",
              "journal size at which a checkpoint is taken by itself; a quarter of what the data"
                  + " takes in memory, when that is more",
              SettingText::size,
              ConfigBuilder::checkpointBytes),
          Setting.of(
              "memory_budget",
              "60 % of the heap",
              SIZE + ", at least 8MiB and at most the heap",
              "what the data may take in memory; past it growth is refused with 53200",
              SettingText::size,
              ConfigBuilder::memoryBudgetBytes),
          Setting.of(
              "query_memory",
              "a quarter of the heap, at least 64MiB",
              SIZE + ", at least 64KiB",
              "what one statement may hold while it sorts, joins and groups; past it what it can"
                  + " goes to temporary files, and what cannot ends it with 53200",
              SettingText::size,
              ConfigBuilder::queryMemoryBytes),
          Setting.of(
              "temp_dir",
              "within `data_dir`; without one, Java's `java.io.tmpdir`",
              "a path",
              "where the temporary files of statements go, such as to a disk of their own: into a"
                  + " directory of this process's, which only its owner may read",
              Settings::path,
              ConfigBuilder::temporaryDirectory),
          Setting.of(
              "temp_file_limit",
              "none",
              SIZE,
              "what all temporary files may take together; past it a statement that needs more ends"
                  + " with 53400",
              SettingText::size,
              ConfigBuilder::temporaryFileLimitBytes),
          Setting.of(
              "version_retention",
              "0",
              "a duration such as 10s (ms, s, min, h), from 0 to 8784h",
              "how long a row's old versions are kept after a change, besides those that an open"
                  + " transaction still reads; 10s at least in a cluster",
              SettingText::duration,
              ConfigBuilder::versionRetentionMillis),
          Setting.of(
              "checkpoint_io_limit",
              "256MiB",
              SIZE + ", at least 1MiB",
              "most that a checkpoint of the engine memory writes in a second",
              SettingText::size,
              (builder, bytes) -> builder.ioLimits(limits -> limits.withCheckpoint(bytes))),
          Setting.of(
              "compaction_io_limit",
              "256MiB",
              SIZE + ", at least 1MiB",
              "most that the engine rocksdb writes in a second when it flushes write buffers and"
                  + " compacts files",
              SettingText::size,
              (builder, bytes) -> builder.ioLimits(limits -> limits.withCompaction(bytes))),
          Setting.of(
              "collection_io_limit",
              "256MiB",
              SIZE + ", at least 1MiB",
              "most that the engine rocksdb reads and removes in a second when it collects old row"
                  + " versions",
              SettingText::size,
              (builder, bytes) -> builder.ioLimits(limits -> limits.withCollection(bytes))),
          Setting.of(
              "snapshot_compression",
              "lz4",
              "lz4, zstd, none; zstd with com.github.luben:zstd-jni",
              "how the checkpoints of the engine memory are compressed, and the lowest level of the"
                  + " engine rocksdb, which has zstd of its own; any is read whatever this says",
              text -> SettingText.constant(Compression.class, text),
              ConfigBuilder::snapshotCompression),
          Setting.of(
              "backup_io_limit",
              "0",
              SIZE + ", or 0 for no limit",
              "what a backup may write in a second",
              SettingText::size,
              ConfigBuilder::backupIoLimitBytes),
          Setting.of(
              "backup_share",
              "20",
              "a number from 1 to 100",
              "percent of its time that a backup works while others commit; it pauses the rest, so"
                  + " that it costs them little",
              SettingText::number,
              ConfigBuilder::backupSharePercent),
          Setting.of(
              "isolation",
              "read_committed",
              "read_committed, repeatable_read, serializable",
              "isolation of transactions that name none",
              text -> SettingText.constant(IsolationLevel.class, text),
              ConfigBuilder::isolation),
          Setting.of(
              "statement_timeout",
              "0",
              DURATION,
              "longest a statement may run",
              SettingText::duration,
              ConfigBuilder::statementTimeoutMillis),
          Setting.of(
              "lock_timeout",
              "0",
              DURATION,
              "longest wait for one lock",
              SettingText::duration,
              ConfigBuilder::lockTimeoutMillis),
          Setting.of(
              "log_min_duration_statement",
              "-1",
              "milliseconds; 0: all; -1: none",
              "statements of a server's clients that take this long are logged",
              text -> text.equals("-1") ? -1 : SettingText.number(text),
              ConfigBuilder::slowStatementMillis));

  private static final List<Setting> SERVER =
      List.of(
          Setting.of(
              "auth_method",
              "scram",
              "scram or trust",
              "how a node's clients prove who they are: by the password of their role"
                  + " (SCRAM-SHA-256), or, at a loopback address, not at all",
              text -> SettingText.constant(SecurityConfig.Method.class, text),
              ConfigBuilder::authMethod),
          Setting.of(
              PASSWORD,
              "",
              "a password",
              "what the first role, `postgres`, gets at a node's start as its password while it has"
                  + " none; better in the variable than in a file, and to be changed",
              Settings::password,
              ConfigBuilder::firstPassword),
          Setting.of(
              "tls_mode",
              "off at a loopback address, else require",
              "off, allow or require",
              "whether a node's clients may or must encrypt their connections (TLS 1.2, 1.3)",
              text -> SettingText.constant(SecurityConfig.TlsMode.class, text),
              ConfigBuilder::tlsMode),
          Setting.of(
              "tls_certificate",
              "made by the node, in `data_dir`",
              "a path, together with `tls_key`",
              "the node's certificate and those that signed it, in PEM",
              Settings::path,
              ConfigBuilder::tlsCertificate),
          Setting.of(
              "tls_key",
              "",
              "a path, together with `tls_certificate`",
              "the key of `tls_certificate`: PKCS#8 in PEM, without a password",
              Settings::path,
              ConfigBuilder::tlsKey),
          Setting.of(
              "max_connections",
              "6000",
              "a number from 1 to 100000",
              "most clients of a node at a time; the next is refused with 53300, and past twice as"
                  + " many that have not logged in either its connection is closed",
              SettingText::number,
              (builder, most) -> builder.clientLimits(limits -> limits.withConnections(most))),
          Setting.of(
              "max_message_size",
              "256MiB",
              "a size from 64KiB to 1GiB",
              "longest message of a client, such as a statement with its values; a longer one ends"
                  + " the connection with 08P01",
              SettingText::size,
              (builder, most) -> builder.clientLimits(limits -> limits.withMessageBytes(most))),
          Setting.of(
              "login_timeout",
              "60s",
              "a duration such as 10s (ms, s, min, h), from 1s to 1h",
              "longest time from a connection until its client is in",
              SettingText::duration,
              (builder, longest) ->
                  builder.clientLimits(limits -> limits.withLoginMillis(longest))),
          Setting.of(
              "shutdown_timeout",
              "10s",
              "a duration such as 10s (ms, s, min, h), from 0 to 1h",
              "how long running transactions may go on when a node is asked to end",
              SettingText::duration,
              (builder, longest) ->
                  builder.clientLimits(limits -> limits.withDrainMillis(longest))));

  /** In the order of the documentation. */
  static final List<Setting> ALL =
      Stream.of(DATABASE, ClusterSettings.ALL, SERVER).flatMap(List::stream).toList();

  private Settings() {}

  static Optional<Setting> find(String key) {
    return ALL.stream().filter(known -> known.key().equals(key)).findFirst();
  }

  /** What to tell somebody who gave something else. */
  static String accepted(String key) {
    return "accepted: " + find(key).orElseThrow().accepted();
  }

  private static String password(String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a character that cannot be typed");
    }
    return text;
  }

  static Path path(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("no path");
    }
    return Path.of(text);
  }
}
