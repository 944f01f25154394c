// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Durability;
import io.distdb.api.provider.IoLimits;
import io.distdb.api.storage.Compression;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.sql.session.DatabaseOptions;
import io.distdb.sql.spill.SpillSpace;
import io.distdb.storage.memory.MemoryStorageProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
  private static final long MEBIBYTE = ConfigCheck.MEBIBYTE;

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
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from these settings. */
  public Builder toBuilder() {
    return new Builder(this);
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

  /** Settings to be changed one by one. Not thread-safe. */
  public static final class Builder {
    private Path directory;
    private Path walDirectory;
    private ArchiveConfig archive = ArchiveConfig.NONE;
    private String storage = MemoryStorageProvider.NAME;

    /** Null until somebody says: it depends on the directory. */
    private Durability durability;

    private long intervalMillis = 1_000;
    private long journalSegmentBytes = 16 * MEBIBYTE;
    private long memoryBudgetBytes =
        Math.max(ConfigCheck.MEMORY_BUDGET_MIN, Runtime.getRuntime().maxMemory() / 10 * 6);
    private long checkpointBytes = 32 * MEBIBYTE;
    private long queryMemoryBytes = DatabaseOptions.DEFAULT.queryMemoryBytes();
    private Path temporaryDirectory;
    private long temporaryFileLimitBytes = SpillSpace.UNLIMITED;
    private long versionRetentionMillis;
    private IoLimits ioLimits = IoLimits.DEFAULT;
    private Compression snapshotCompression = Compression.LZ4;
    private long backupIoLimitBytes;
    private int backupSharePercent = 20;
    private IsolationLevel isolation = IsolationLevel.READ_COMMITTED;
    private long statementTimeoutMillis;
    private long lockTimeoutMillis;
    private int slowStatementMillis = -1;
    private ClusterConfig cluster = ClusterConfig.ALONE;
    private SecurityConfig security = SecurityConfig.DEFAULT;
    private ClientLimits clientLimits = ClientLimits.DEFAULT;

    private Builder() {}

    private Builder(Config from) {
      directory = from.directory.orElse(null);
      walDirectory = from.walDirectory.orElse(null);
      archive = from.archive;
      storage = from.storage;
      durability = from.durability;
      intervalMillis = from.intervalMillis;
      journalSegmentBytes = from.journalSegmentBytes;
      memoryBudgetBytes = from.memoryBudgetBytes;
      checkpointBytes = from.checkpointBytes;
      queryMemoryBytes = from.queryMemoryBytes;
      temporaryDirectory = from.temporaryDirectory.orElse(null);
      temporaryFileLimitBytes = from.temporaryFileLimitBytes;
      versionRetentionMillis = from.versionRetentionMillis;
      ioLimits = from.ioLimits;
      snapshotCompression = from.snapshotCompression;
      backupIoLimitBytes = from.backupIoLimitBytes;
      backupSharePercent = from.backupSharePercent;
      isolation = from.isolation;
      statementTimeoutMillis = from.statementTimeoutMillis;
      lockTimeoutMillis = from.lockTimeoutMillis;
      slowStatementMillis = from.slowStatementMillis;
      cluster = from.cluster;
      security = from.security;
      clientLimits = from.clientLimits;
    }

    public Builder directory(Path value) {
      directory = Objects.requireNonNull(value, "directory");
      return this;
    }

    public Builder walDirectory(Path value) {
      walDirectory = Objects.requireNonNull(value, "walDirectory");
      return this;
    }

    public Builder archiveDirectory(Path value) {
      archive = archive.withDirectory(value);
      return this;
    }

    public Builder archiveIntervalMillis(long value) {
      archive = archive.withIntervalMillis(value);
      return this;
    }

    public Builder storage(String value) {
      storage = value;
      return this;
    }

    public Builder durability(Durability value) {
      durability = value;
      return this;
    }

    public Builder intervalMillis(long value) {
      intervalMillis = value;
      return this;
    }

    public Builder journalSegmentBytes(long value) {
      journalSegmentBytes = value;
      return this;
    }

    public Builder memoryBudgetBytes(long value) {
      memoryBudgetBytes = value;
      return this;
    }

    public Builder checkpointBytes(long value) {
      checkpointBytes = value;
      return this;
    }

    public Builder queryMemoryBytes(long value) {
      queryMemoryBytes = value;
      return this;
    }

    public Builder temporaryDirectory(Path value) {
      temporaryDirectory = value;
      return this;
    }

    public Builder temporaryFileLimitBytes(long value) {
      temporaryFileLimitBytes = value;
      return this;
    }

    public Builder versionRetentionMillis(long value) {
      versionRetentionMillis = value;
      return this;
    }

    public Builder ioLimits(UnaryOperator<IoLimits> change) {
      ioLimits = change.apply(ioLimits);
      return this;
    }

    public Builder snapshotCompression(Compression value) {
      snapshotCompression = Objects.requireNonNull(value, "snapshotCompression");
      return this;
    }

    public Builder backupIoLimitBytes(long value) {
      backupIoLimitBytes = value;
      return this;
    }

    public Builder backupSharePercent(int value) {
      backupSharePercent = value;
      return this;
    }

    public Builder isolation(IsolationLevel value) {
      isolation = value;
      return this;
    }

    public Builder statementTimeoutMillis(long value) {
      statementTimeoutMillis = value;
      return this;
    }

    public Builder lockTimeoutMillis(long value) {
      lockTimeoutMillis = value;
      return this;
    }

    public Builder slowStatementMillis(int value) {
      slowStatementMillis = value;
      return this;
    }

    public Builder nodeId(String value) {
      cluster = cluster.withNodeId(value);
      return this;
    }

    public Builder host(String value) {
      cluster = cluster.withHost(value);
      return this;
    }

    public Builder port(int value) {
      cluster = cluster.withPorts(value, cluster.sqlPort(), cluster.httpPort());
      return this;
    }

    public Builder sqlPort(int value) {
      cluster = cluster.withPorts(cluster.port(), value, cluster.httpPort());
      return this;
    }

    public Builder httpPort(int value) {
      cluster = cluster.withPorts(cluster.port(), cluster.sqlPort(), value);
      return this;
    }

    public Builder clusterNodes(List<ClusterConfig.Member> value) {
      cluster = cluster.withNodes(value);
      return this;
    }

    public Builder replicationFactor(int value) {
      cluster = cluster.withReplicationFactor(value);
      return this;
    }

    public Builder shards(int value) {
      cluster = cluster.withShards(value);
      return this;
    }

    /** Changes what a node's clients may take. */
    public Builder clientLimits(UnaryOperator<ClientLimits> change) {
      clientLimits = change.apply(clientLimits);
      return this;
    }

    public Builder authMethod(SecurityConfig.Method value) {
      security = security.withMethod(value);
      return this;
    }

    public Builder firstPassword(String value) {
      security = security.withFirstPassword(value);
      return this;
    }

    public Builder tlsMode(SecurityConfig.TlsMode value) {
      security = security.withTls(value);
      return this;
    }

    public Builder tlsCertificate(Path value) {
      security = security.withCertificate(value);
      return this;
    }

    public Builder tlsKey(Path value) {
      security = security.withKey(value);
      return this;
    }

    /** The settings; {@link Config#validate} says whether they can work. */
    public Config build() {
      Durability usual = directory == null ? Durability.NONE : Durability.SYNC;
      return new Config(
          Optional.ofNullable(directory),
          Optional.ofNullable(walDirectory),
          archive,
          storage,
          durability == null ? usual : durability,
          intervalMillis,
          journalSegmentBytes,
          memoryBudgetBytes,
          checkpointBytes,
          queryMemoryBytes,
          Optional.ofNullable(temporaryDirectory),
          temporaryFileLimitBytes,
          versionRetentionMillis,
          ioLimits,
          snapshotCompression,
          backupIoLimitBytes,
          backupSharePercent,
          isolation,
          statementTimeoutMillis,
          lockTimeoutMillis,
          slowStatementMillis,
          cluster,
          security,
          clientLimits);
    }
  }
}
