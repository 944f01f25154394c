// SPDX-License-Identifier: MIT
package io.distdb.bench.backup;

import io.distdb.api.backup.BackupReport;
import io.distdb.api.backup.BackupRequest;
import io.distdb.api.journal.Durability;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Updates by primary key of many threads, in windows with a backup that runs all the time, one
 * after another, and in windows without, in turn. On both engines; forced at every commit, and not
 * forced at all, when writers take every processor there is. What is compared is of one run.
 */
public final class BackupBench {
  private static final int WRITERS = 16;
  private static final int LOAD_ROWS = 10_000;

  private final PrintStream out;
  private final long rows;
  private final int rounds;
  private final long millis;
  private final long limitBytes;

  /**
   * @param limitBytes what a backup may write in a second; 0: no limit
   */
  public BackupBench(PrintStream out, long rows, int rounds, long millis, long limitBytes) {
    this.out = out;
    this.rows = rows;
    this.rounds = rounds;
    this.millis = millis;
    this.limitBytes = limitBytes;
  }

  /** Prints a table of {@code engines}. */
  public void run(List<String> engines) throws Exception {
    out.printf(
        "%n### Writers beside a backup, %,d rows, %d threads, backup_io_limit %s%n%n",
        rows, WRITERS, limitBytes == 0 ? "0" : (limitBytes >> 20) + "MiB");
    out.println(
        "| engine | durability | commits/s alone | with a backup | ratio | backups | MiB | s each |");
    out.println("|---|---|---:|---:|---:|---:|---:|---:|");
    for (String engine : engines) {
      for (Durability durability : List.of(Durability.SYNC, Durability.NONE)) {
        measure(engine, durability);
      }
    }
  }

  private void measure(String engine, Durability durability) throws Exception {
    Path directory = Files.createTempDirectory(Path.of("."), ".bench-backup-");
    Config config =
        Config.builder()
            .directory(directory.resolve("data"))
            .storage(engine)
            .durability(durability)
            .backupIoLimitBytes(limitBytes)
            .build();
    try (Client client = Client.open(config)) {
      load(client);
      try (WritingThreads writers = new WritingThreads(client, WRITERS, rows)) {
        compare(engine, durability, client, writers, directory);
      }
    } finally {
      delete(directory);
    }
  }

  private void load(Client client) {
    client.execute(
        "CREATE TABLE item (id BIGINT PRIMARY KEY, code BIGINT, name TEXT, quantity INTEGER)");
    client.execute("CREATE INDEX item_code ON item (code)");
    for (long first = 0; first < rows; first += LOAD_ROWS) {
      client.execute(
          "INSERT INTO item SELECT i, i * 7919 % 1000003, 'item number ' || i, 0"
              + " FROM generate_series($1, $2) AS g (i)",
          first, Math.min(first + LOAD_ROWS, rows) - 1);
    }
    client.checkpoint();
  }

  private void compare(
      String engine, Durability durability, Client client, WritingThreads writers, Path directory)
      throws Exception {
    List<Double> alone = new ArrayList<>();
    List<Double> beside = new ArrayList<>();
    List<BackupReport> reports = new ArrayList<>();
    writers.window(millis);
    for (int round = 0; round < rounds; round++) {
      alone.add(writers.window(millis));
      try (Backing backing = new Backing(client, directory.resolve("backups-" + round))) {
        beside.add(writers.window(millis));
        reports.addAll(backing.finished());
      }
      System.err.printf(
          Locale.ROOT,
          "round %d  %s %s  %,.0f alone, %,.0f with a backup%n",
          round,
          engine,
          durability,
          alone.getLast(),
          beside.getLast());
      delete(directory.resolve("backups-" + round));
    }
    out.printf(
        Locale.ROOT,
        "| %s | %s | %,.0f | %,.0f | **%.2f** | %d | %.1f | %.1f |%n",
        engine,
        durability.name().toLowerCase(Locale.ROOT),
        median(alone),
        median(beside),
        median(beside) / median(alone),
        reports.size(),
        reports.stream().mapToLong(BackupReport::bytes).average().orElse(0) / (1 << 20),
        reports.stream().mapToLong(BackupReport::nanos).average().orElse(0) / 1e9);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(directory)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }

  /** Takes one backup after the other until it is closed; the last is not waited for to the end. */
  private static final class Backing implements AutoCloseable {
    private final List<BackupReport> finished = new ArrayList<>();
    private final Thread thread;
    private volatile boolean done;

    Backing(Client client, Path places) {
      thread = Thread.ofPlatform().name("backup").start(() -> run(client, places));
    }

    private void run(Client client, Path places) {
      for (int number = 0; !done; number++) {
        BackupRequest request =
            BackupRequest.full(places.resolve(Integer.toString(number)).toString())
                .withWatch(bytes -> {
                  if (done) {
                    throw new Ended();
                  }
                });
        try {
          BackupReport report = client.backup(request);
          synchronized (finished) {
            finished.add(report);
          }
        } catch (Ended end) {
          return;
        }
      }
    }

    List<BackupReport> finished() {
      synchronized (finished) {
        return List.copyOf(finished);
      }
    }

    @Override
    public void close() throws InterruptedException {
      done = true;
      thread.join();
    }
  }

  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
