// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import io.distdb.api.journal.Durability;
import io.distdb.api.provider.IoLimits;
import io.distdb.api.storage.Compression;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.sql.session.DatabaseOptions;
import io.distdb.sql.spill.SpillSpace;
import io.distdb.storage.memory.MemoryStorageProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Settings of a {@link Config}, to be changed one by one. Not thread-safe. */
public final class ConfigBuilder {
  private Path directory;
  private Path walDirectory;
  private ArchiveConfig archive = ArchiveConfig.NONE;
  private String storage = MemoryStorageProvider.NAME;

  /** Null until somebody says: it depends on the directory. */
  private Durability durability;

  private long intervalMillis = 1_000;
  private long journalSegmentBytes = 16 * ConfigCheck.MEBIBYTE;
  private long memoryBudgetBytes =
      Math.max(ConfigCheck.MEMORY_BUDGET_MIN, Runtime.getRuntime().maxMemory() / 10 * 6);
  private long checkpointBytes = 32 * ConfigCheck.MEBIBYTE;
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

  ConfigBuilder() {}

  ConfigBuilder(Config from) {
    directory = from.directory().orElse(null);
    walDirectory = from.walDirectory().orElse(null);
    archive = from.archive();
    storage = from.storage();
    durability = from.durability();
    intervalMillis = from.intervalMillis();
    journalSegmentBytes = from.journalSegmentBytes();
    memoryBudgetBytes = from.memoryBudgetBytes();
    checkpointBytes = from.checkpointBytes();
    queryMemoryBytes = from.queryMemoryBytes();
    temporaryDirectory = from.temporaryDirectory().orElse(null);
    temporaryFileLimitBytes = from.temporaryFileLimitBytes();
    versionRetentionMillis = from.versionRetentionMillis();
    ioLimits = from.ioLimits();
    snapshotCompression = from.snapshotCompression();
    backupIoLimitBytes = from.backupIoLimitBytes();
    backupSharePercent = from.backupSharePercent();
    isolation = from.isolation();
    statementTimeoutMillis = from.statementTimeoutMillis();
    lockTimeoutMillis = from.lockTimeoutMillis();
    slowStatementMillis = from.slowStatementMillis();
    cluster = from.cluster();
    security = from.security();
    clientLimits = from.clientLimits();
  }

  public ConfigBuilder directory(Path value) {
    directory = Objects.requireNonNull(value, "directory");
    return this;
  }

  public ConfigBuilder walDirectory(Path value) {
    walDirectory = Objects.requireNonNull(value, "walDirectory");
    return this;
  }

  public ConfigBuilder archiveDirectory(Path value) {
    archive = archive.withDirectory(value);
    return this;
  }

  public ConfigBuilder archiveIntervalMillis(long value) {
    archive = archive.withIntervalMillis(value);
    return this;
  }

  public ConfigBuilder storage(String value) {
    storage = value;
    return this;
  }

  public ConfigBuilder durability(Durability value) {
    durability = value;
    return this;
  }

  public ConfigBuilder intervalMillis(long value) {
    intervalMillis = value;
    return this;
  }

  public ConfigBuilder journalSegmentBytes(long value) {
    journalSegmentBytes = value;
    return this;
  }

  public ConfigBuilder memoryBudgetBytes(long value) {
    memoryBudgetBytes = value;
    return this;
  }

  public ConfigBuilder checkpointBytes(long value) {
    checkpointBytes = value;
    return this;
  }

  public ConfigBuilder queryMemoryBytes(long value) {
    queryMemoryBytes = value;
    return this;
  }

  public ConfigBuilder temporaryDirectory(Path value) {
    temporaryDirectory = value;
    return this;
  }

  public ConfigBuilder temporaryFileLimitBytes(long value) {
    temporaryFileLimitBytes = value;
    return this;
  }

  public ConfigBuilder versionRetentionMillis(long value) {
    versionRetentionMillis = value;
    return this;
  }

  public ConfigBuilder ioLimits(UnaryOperator<IoLimits> change) {
    ioLimits = change.apply(ioLimits);
    return this;
  }

  public ConfigBuilder snapshotCompression(Compression value) {
    snapshotCompression = Objects.requireNonNull(value, "snapshotCompression");
    return this;
  }

  public ConfigBuilder backupIoLimitBytes(long value) {
    backupIoLimitBytes = value;
    return this;
  }

  public ConfigBuilder backupSharePercent(int value) {
    backupSharePercent = value;
    return this;
  }

  public ConfigBuilder isolation(IsolationLevel value) {
    isolation = value;
    return this;
  }

  public ConfigBuilder statementTimeoutMillis(long value) {
    statementTimeoutMillis = value;
    return this;
  }

  public ConfigBuilder lockTimeoutMillis(long value) {
    lockTimeoutMillis = value;
    return this;
  }

  public ConfigBuilder slowStatementMillis(int value) {
    slowStatementMillis = value;
    return this;
  }

  public ConfigBuilder nodeId(String value) {
    cluster = cluster.withNodeId(value);
    return this;
  }

  public ConfigBuilder host(String value) {
    cluster = cluster.withHost(value);
    return this;
  }

  public ConfigBuilder port(int value) {
    cluster = cluster.withPorts(value, cluster.sqlPort(), cluster.httpPort());
    return this;
  }

  public ConfigBuilder sqlPort(int value) {
    cluster = cluster.withPorts(cluster.port(), value, cluster.httpPort());
    return this;
  }

  public ConfigBuilder httpPort(int value) {
    cluster = cluster.withPorts(cluster.port(), cluster.sqlPort(), value);
    return this;
  }

  public ConfigBuilder clusterNodes(List<ClusterConfig.Member> value) {
    cluster = cluster.withNodes(value);
    return this;
  }

  public ConfigBuilder replicationFactor(int value) {
    cluster = cluster.withReplicationFactor(value);
    return this;
  }

  public ConfigBuilder shards(int value) {
    cluster = cluster.withShards(value);
    return this;
  }

  /** Of a node of a cluster. */
  public ConfigBuilder role(ClusterConfig.Role value) {
    cluster = cluster.withRole(value);
    return this;
  }

  /** Up to which the clocks of two nodes agree; 0: nobody looks. */
  public ConfigBuilder clockOffsetLimitMillis(long value) {
    cluster = cluster.withClockOffsetLimitMillis(value);
    return this;
  }

  /** Between nodes; all three files or none. */
  public ConfigBuilder nodeTls(UnaryOperator<ClusterConfig.NodeTls> change) {
    cluster = cluster.withTls(change);
    return this;
  }

  /** Changes what a node's clients may take. */
  public ConfigBuilder clientLimits(UnaryOperator<ClientLimits> change) {
    clientLimits = change.apply(clientLimits);
    return this;
  }

  public ConfigBuilder authMethod(SecurityConfig.Method value) {
    security = security.withMethod(value);
    return this;
  }

  public ConfigBuilder firstPassword(String value) {
    security = security.withFirstPassword(value);
    return this;
  }

  public ConfigBuilder tlsMode(SecurityConfig.TlsMode value) {
    security = security.withTls(value);
    return this;
  }

  public ConfigBuilder tlsCertificate(Path value) {
    security = security.withCertificate(value);
    return this;
  }

  public ConfigBuilder tlsKey(Path value) {
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
