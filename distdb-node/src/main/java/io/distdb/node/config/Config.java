// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Durability;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.sql.session.DatabaseOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a database is to be opened. Immutable; start from {@link #inMemory} or {@link #at}.
 *
 * @param directory where the data is; empty keeps it in memory only
 * @param durability when a change counts as written; in memory it has no meaning
 * @param intervalMillis time between two forces of the disk under {@link Durability#INTERVAL}
 * @param memoryBudgetBytes what the data may take in memory; past it, growth is refused with 53200
 * @param journalSegmentBytes size of a journal file; it is allocated as a whole
 * @param checkpointBytes journal size at which a checkpoint is taken by itself; a quarter of what
 *     the data takes in memory, when that is more
 * @param queryMemoryBytes most that one statement may hold while it sorts, joins and groups; past
 *     it the statement ends with 53200
 * @param isolation of transactions that name none
 * @param statementTimeoutMillis longest a statement may run; 0 is no limit
 * @param lockTimeoutMillis longest wait for one lock; 0 is no limit
 */
public record Config(
    Optional<Path> directory,
    Durability durability,
    long intervalMillis,
    long journalSegmentBytes,
    long memoryBudgetBytes,
    long checkpointBytes,
    long queryMemoryBytes,
    IsolationLevel isolation,
    long statementTimeoutMillis,
    long lockTimeoutMillis) {
  private static final long MEBIBYTE = 1 << 20;
  private static final long MEMORY_BUDGET_MIN = 8 * MEBIBYTE;
  private static final long SEGMENT_MIN = 1 << 12;
  private static final long SEGMENT_MAX = 1 << 30;
  private static final long CHECKPOINT_MIN = MEBIBYTE;

  public Config {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(durability, "durability");
    Objects.requireNonNull(isolation, "isolation");
  }

  /** In memory, with a budget of 60 % of the heap. */
  public static Config inMemory() {
    return new Config(
        Optional.empty(),
        Durability.NONE,
        1_000,
        16 * MEBIBYTE,
        Math.max(MEMORY_BUDGET_MIN, Runtime.getRuntime().maxMemory() / 10 * 6),
        32 * MEBIBYTE,
        DatabaseOptions.DEFAULT.queryMemoryBytes(),
        IsolationLevel.READ_COMMITTED,
        0,
        0);
  }

  /** In {@code directory}, forced to the disk at every commit. */
  public static Config at(Path directory) {
    return inMemory().withDirectory(directory).withDurability(Durability.SYNC);
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
    return ConfigReader.read(YamlSettings.read(file), System.getenv());
  }

  /**
   * The settings that {@code environment} has: {@code DISTDB_} and the key in upper case.
   *
   * @throws DistDbException as {@link #read(Path)}
   */
  public static Config fromEnvironment(Map<String, String> environment) {
    return ConfigReader.read(List.of(), environment);
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
   * @throws DistDbException {@code CONFIGURATION_ERROR}: every wrong setting, with what it accepts
   */
  public void validate() {
    List<String> problems = new ArrayList<>();
    atLeast(problems, "intervalMillis", intervalMillis, 1, "milliseconds");
    atLeast(problems, "journalSegmentBytes", journalSegmentBytes, SEGMENT_MIN, "bytes");
    if (journalSegmentBytes > SEGMENT_MAX) {
      problems.add(
          "journalSegmentBytes is " + journalSegmentBytes + ", but must be at most " + SEGMENT_MAX);
    }
    atLeast(problems, "memoryBudgetBytes", memoryBudgetBytes, MEMORY_BUDGET_MIN, "bytes");
    atLeast(problems, "checkpointBytes", checkpointBytes, CHECKPOINT_MIN, "bytes");
    atLeast(
        problems, "queryMemoryBytes", queryMemoryBytes, DatabaseOptions.QUERY_MEMORY_MIN, "bytes");
    atLeast(problems, "statementTimeoutMillis", statementTimeoutMillis, 0, "milliseconds");
    atLeast(problems, "lockTimeoutMillis", lockTimeoutMillis, 0, "milliseconds");
    long heap = Runtime.getRuntime().maxMemory();
    if (memoryBudgetBytes > heap) {
      problems.add(
          "memoryBudgetBytes is "
              + memoryBudgetBytes
              + ", but the heap is only "
              + heap
              + " bytes: lower it, or raise -Xmx");
    }
    if (!problems.isEmpty()) {
      throw new DistDbException(
          ErrorCode.CONFIGURATION_ERROR, "wrong settings: " + String.join("; ", problems));
    }
  }

  private static void atLeast(
      List<String> problems, String key, long value, long least, String unit) {
    if (value < least) {
      problems.add(key + " is " + value + ", but must be at least " + least + " " + unit);
    }
  }

  /** Settings to be changed one by one. Not thread-safe. */
  public static final class Builder {
    private Optional<Path> directory;
    private Durability durability;
    private long intervalMillis;
    private long journalSegmentBytes;
    private long memoryBudgetBytes;
    private long checkpointBytes;
    private long queryMemoryBytes;
    private IsolationLevel isolation;
    private long statementTimeoutMillis;
    private long lockTimeoutMillis;

    private Builder(Config from) {
      directory = from.directory;
      durability = from.durability;
      intervalMillis = from.intervalMillis;
      journalSegmentBytes = from.journalSegmentBytes;
      memoryBudgetBytes = from.memoryBudgetBytes;
      checkpointBytes = from.checkpointBytes;
      queryMemoryBytes = from.queryMemoryBytes;
      isolation = from.isolation;
      statementTimeoutMillis = from.statementTimeoutMillis;
      lockTimeoutMillis = from.lockTimeoutMillis;
    }

    public Builder directory(Path value) {
      directory = Optional.of(value);
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

    /** The settings; {@link Config#validate} says whether they can work. */
    public Config build() {
      return new Config(
          directory,
          durability,
          intervalMillis,
          journalSegmentBytes,
          memoryBudgetBytes,
          checkpointBytes,
          queryMemoryBytes,
          isolation,
          statementTimeoutMillis,
          lockTimeoutMillis);
    }
  }
}
