// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import io.distdb.api.journal.Durability;
import io.distdb.api.txn.IsolationLevel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Every key there is: what reads them, checks them and documents them looks here. */
final class Settings {
  private static final String SIZE = "a size such as 64MiB (B, KiB, MiB, GiB, TiB)";
  private static final String DURATION =
      "a duration such as 10s (ms, s, min, h), or 0 for no limit";

  /** In the order of the documentation. */
  static final List<Setting> ALL =
      List.of(
          Setting.of(
              "data_dir",
              "",
              "a path",
              "where the data is; without it the database is in memory and gone with the process",
              Path::of,
              Config.Builder::directory),
          Setting.of(
              "durability",
              "sync with `data_dir`, none without",
              "sync, interval, none",
              "when a commit counts as written: forced to the disk, forced at intervals, or never",
              text -> SettingText.constant(Durability.class, text),
              Config.Builder::durability),
          Setting.of(
              "durability_interval",
              "1s",
              "a duration such as 10s (ms, s, min, h), at least 1ms",
              "time between two forces of the disk when `durability` is interval",
              SettingText::duration,
              Config.Builder::intervalMillis),
          Setting.of(
              "journal_segment",
              "16MiB",
              "a size from 4KiB to 1GiB",
              "size of a journal file; it is allocated as a whole",
              SettingText::size,
              Config.Builder::journalSegmentBytes),
          Setting.of(
              "checkpoint",
              "32MiB",
              "a size of at least 1MiB",
              "journal size at which a checkpoint is taken by itself; a quarter of what the data"
                  + " takes in memory, when that is more",
              SettingText::size,
              Config.Builder::checkpointBytes),
          Setting.of(
              "memory_budget",
              "60 % of the heap",
              SIZE + ", at least 8MiB and at most the heap",
              "what the data may take in memory; past it growth is refused with 53200",
              SettingText::size,
              Config.Builder::memoryBudgetBytes),
          Setting.of(
              "query_memory",
              "a quarter of the heap, at least 64MiB",
              SIZE + ", at least 64KiB",
              "what one statement may hold while it sorts, joins and groups; past it the statement"
                  + " ends with 53200",
              SettingText::size,
              Config.Builder::queryMemoryBytes),
          Setting.of(
              "isolation",
              "read_committed",
              "read_committed, repeatable_read, serializable",
              "isolation of transactions that name none",
              text -> SettingText.constant(IsolationLevel.class, text),
              Config.Builder::isolation),
          Setting.of(
              "statement_timeout",
              "0",
              DURATION,
              "longest a statement may run",
              SettingText::duration,
              Config.Builder::statementTimeoutMillis),
          Setting.of(
              "lock_timeout",
              "0",
              DURATION,
              "longest wait for one lock",
              SettingText::duration,
              Config.Builder::lockTimeoutMillis));

  /** Keys that will mean something; until then they are refused by name, with what they await. */
  static final Map<String, String> LATER =
      Map.ofEntries(
          Map.entry("node_id", "clusters"),
          Map.entry("host", "clusters"),
          Map.entry("port", "clusters"),
          Map.entry("cluster_nodes", "clusters"),
          Map.entry("replication_factor", "clusters"),
          Map.entry("shards", "clusters"),
          Map.entry("sql_port", "the PostgreSQL protocol"),
          Map.entry("http_port", "the HTTP interface"),
          Map.entry("wal_dir", "a journal in another directory"),
          Map.entry("storage", "a choice of storage (distdb-storage-rocksdb)"),
          Map.entry("version_retention", "keeping old versions for a time"));

  private Settings() {}
}
