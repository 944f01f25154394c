// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Durability;
import io.distdb.api.provider.IoLimits;
import io.distdb.api.storage.Compression;
import io.distdb.api.txn.IsolationLevel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a database is to be opened. Immutable; start from {@link #inMemory}, {@link #at} or {@link
 * #builder}.
 *
 * @param directory where the data is; empty keeps it in memory only
 * @param walDirectory where the journal is, when it is not in {@code directory}
 * @param archive where the log is kept beyond the journal
 * @param storage the name of the storage engine: memory, or that of another on the class path
 * @param durability when a change counts as written; in memory it has no meaning
 * @param intervalMillis time between two forces of the disk under {@link Durability#INTERVAL}
 * @param memoryBudgetBytes what the data may take in memory; past it, growth is refused with 53200
 * @param journalSegmentBytes size of a journal file; it is allocated as a whole
 * @param checkpointBytes journal size for a checkpoint by itself; a quarter of the data, if more
 * @param queryMemoryBytes most that one statement may hold while it sorts, joins and groups; past
 *     it what it can goes to temporary files, and what cannot ends it with 53200
 * @param temporaryDirectory where temporary files go; empty: within {@code directory}, or to Java's
 *     directory of temporary files when there is none
 * @param temporaryFileLimitBytes most that all temporary files may take together; past it a
 *     statement that needs more ends with 53400
 * @param versionRetentionMillis how long a row's old versions are kept after a change, besides
 *     those that an open transaction still reads
 * @param ioLimits what work in the background may read and write, in bytes a second
 * @param snapshotCompression of the checkpoints of the in-memory engine
 * @param backupIoLimitBytes what a backup may write in a second; 0 is no limit
 * @param backupSharePercent of its time that a backup works while others commit, from 1 to 100
 * @param isolation of transactions that name none
 * @param statementTimeoutMillis longest a statement may run; 0 is no limit
 * @param lockTimeoutMillis longest wait for one lock; 0 is no limit
 * @param slowStatementMillis statements of a server that take this long are logged; -1: none
 * @param cluster who this node is, and with whom it makes a cluster
 * @param security who may come in to a node
 * @param clientLimits what a node's clients may take
 */
public record Config(
    Optional<Path> directory,
    Optional<Path> walDirectory,
    ArchiveConfig archive,
    String storage,
    Durability durability,
    long intervalMillis,
    long journalSegmentBytes,
    long memoryBudgetBytes,
    long checkpointBytes,
    long queryMemoryBytes,
    Optional<Path> temporaryDirectory,
    long temporaryFileLimitBytes,
    long versionRetentionMillis,
    IoLimits ioLimits,
    Compression snapshotCompression,
    long backupIoLimitBytes,
    int backupSharePercent,
    IsolationLevel isolation,
    long statementTimeoutMillis,
    long lockTimeoutMillis,
    int slowStatementMillis,
    ClusterConfig cluster,
    SecurityConfig security,
    ClientLimits clientLimits) {
  public Config {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(walDirectory, "walDirectory");
    Objects.requireNonNull(temporaryDirectory, "temporaryDirectory");
    Objects.requireNonNull(archive, "archive");
    Objects.requireNonNull(storage, "storage");
    Objects.requireNonNull(durability, "durability");
    Objects.requireNonNull(snapshotCompression, "snapshotCompression");
    Objects.requireNonNull(isolation, "isolation");
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(security, "security");
    Objects.requireNonNull(clientLimits, "clientLimits");
  }

  /** In memory, with a budget of 60 % of the heap. */
  public static Config inMemory() {
    return builder().build();
  }

  /** In {@code directory}, forced to the disk at every commit. */
  public static Config at(Path directory) {
    return builder().directory(directory).build();
  }

  /**
   * A builder that starts from the defaults: in memory, or, once it is given a directory, forced to
   * the disk at every commit.
   */
  public static ConfigBuilder builder() {
    return new ConfigBuilder();
  }

  /** A builder that starts from these settings. */
  public ConfigBuilder toBuilder() {
    return new ConfigBuilder(this);
  }

  /**
   * The settings of a YAML file, overridden by this process's environment; see {@code
   * docs/configuration.md}. Needs {@code jackson-dataformat-yaml} on the class path.
   *
   * @throws DistDbException {@code CONFIGURATION_ERROR}: every problem, each with key, value, place
   *     and what is accepted; {@code UNDEFINED_FILE}, {@code IO_ERROR}
   */
  public static Config read(Path file) {
    return read(Optional.of(file), System.getenv(), Map.of());
  }

  /**
   * The settings that {@code environment} has: {@code DISTDB_} and the key in upper case.
   *
   * @throws DistDbException as {@link #read(Path)}
   */
  public static Config fromEnvironment(Map<String, String> environment) {
    return read(Optional.empty(), environment, Map.of());
  }

  /**
   * The settings of a YAML file, overridden by {@code environment}, overridden by {@code options}.
   *
   * @param options values by key, as a command line gives them; an empty one takes the key away
   * @throws DistDbException as {@link #read(Path)}
   */
  public static Config read(
      Optional<Path> file, Map<String, String> environment, Map<String, String> options) {
    List<GivenSetting> overriding = new ArrayList<>();
    options.forEach((key, value) -> overriding.add(new GivenSetting(key, value, "command line")));
    return ConfigReader.read(
        file.map(YamlSettings::read).orElse(List.of()), environment, overriding);
  }

  public Config withDirectory(Path newDirectory) {
    return toBuilder().directory(newDirectory).build();
  }

  public Config withDurability(Durability newDurability) {
    return toBuilder().durability(newDurability).build();
  }

  public Config withIntervalMillis(long newIntervalMillis) {
    return toBuilder().intervalMillis(newIntervalMillis).build();
  }

  public Config withJournalSegmentBytes(long newJournalSegmentBytes) {
    return toBuilder().journalSegmentBytes(newJournalSegmentBytes).build();
  }

  public Config withMemoryBudgetBytes(long newMemoryBudgetBytes) {
    return toBuilder().memoryBudgetBytes(newMemoryBudgetBytes).build();
  }

  public Config withCheckpointBytes(long newCheckpointBytes) {
    return toBuilder().checkpointBytes(newCheckpointBytes).build();
  }

  public Config withQueryMemoryBytes(long newQueryMemoryBytes) {
    return toBuilder().queryMemoryBytes(newQueryMemoryBytes).build();
  }

  public Config withIsolation(IsolationLevel newIsolation) {
    return toBuilder().isolation(newIsolation).build();
  }

  public Config withStatementTimeoutMillis(long newStatementTimeoutMillis) {
    return toBuilder().statementTimeoutMillis(newStatementTimeoutMillis).build();
  }

  public Config withLockTimeoutMillis(long newLockTimeoutMillis) {
    return toBuilder().lockTimeoutMillis(newLockTimeoutMillis).build();
  }

  /**
   * Refuses settings that cannot work.
   *
   * @throws DistDbException {@code CONFIGURATION_ERROR}: every wrong setting, with its key as a
   *     file has it, its value and what it accepts
   */
  public void validate() {
    List<String> problems =
        ConfigCheck.problems(this).stream()
            .map(problem -> problem.key() + ": " + problem.value() + ": " + problem.what())
            .toList();
    if (!problems.isEmpty()) {
      throw new DistDbException(ErrorCode.CONFIGURATION_ERROR, ConfigReader.message(problems));
    }
  }
}
