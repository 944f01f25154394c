// SPDX-License-Identifier: MIT
package io.distdb.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.node.config.Config;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process with SIGKILL at a random moment of its load and opens what it left, again and
 * again in one directory.
 *
 * <p>Four threads of the victim insert rows, each one commit, and print each key after it was
 * acknowledged; every fifth commit is a transaction of three rows. After the kill every
 * acknowledged commit must be there with all its rows; of what was not acknowledged, at most the
 * one commit of each thread that was in flight, whole or not at all; the secondary index agrees.
 *
 * <p>{@code -Dkill.rounds=50} runs more rounds ({@code mvn verify -Pcrash} does), {@code
 * -Dkill.seed=…} repeats the moments.
 */
final class KillNineTest {
  private static final int THREADS = 4;
  private static final int ROWS_PER_GROUP = 3;
  private static final long THREAD_KEYS = 1L << 40;

  private static final String STORAGE = System.getProperty("distdb.test.storage", "memory");

  @TempDir private Path directory;

  @Test
  void everyAcknowledgedCommitAndNothingElseIsThere() throws Exception {
    int rounds = Integer.getInteger("kill.rounds", 5);
    long seed = Long.getLong("kill.seed", System.nanoTime());
    System.out.println("kill -9: " + rounds + " rounds, replay with -Dkill.seed=" + seed);
    Random random = new Random(seed);
    try (Client client = open(directory)) {
      client.execute("CREATE TABLE ledger (id BIGINT PRIMARY KEY, batch BIGINT, note TEXT)");
      client.execute("CREATE INDEX ledger_batch ON ledger (batch)");
    }
    long[] next = new long[THREADS];
    long acknowledgedInAll = 0;
    for (int round = 1; round <= rounds; round++) {
      List<BitSet> acknowledged = runAndKill(next, 50 + random.nextInt(2_000));
      long commits = acknowledged.stream().mapToLong(BitSet::cardinality).sum();
      acknowledgedInAll += commits;
      try (Client client = open(directory)) {
        for (int thread = 0; thread < THREADS; thread++) {
          next[thread] += check(client, thread, next[thread], acknowledged.get(thread));
        }
        checkIndex(client);
        System.out.printf(
            "round %d: %d commits acknowledged, all there; %d journal records, %d torn bytes%n",
            round,
            commits,
            client.recovery().journal().records(),
            client.recovery().journal().tornBytes());
      }
    }
    assertThat(acknowledgedInAll).isGreaterThan(50L * rounds);
  }

  private static Client open(Path directory) {
    return Client.open(Config.builder().directory(directory).storage(STORAGE).build());
  }

  /** Commits acknowledged to each thread, counted from its {@code next}. */
  private List<BitSet> runAndKill(long[] next, int killAfter) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"));
    command.add("-Ddistdb.test.storage=" + STORAGE);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Victim.class.getName()));
    command.add(directory.toString());
    for (long first : next) {
      command.add(Long.toString(first));
    }
    Process victim =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<BitSet> acknowledged = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      acknowledged.add(new BitSet());
    }
    int lines = 0;
    try (BufferedReader reader = victim.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        int space = line.indexOf(' ');
        int thread = Integer.parseInt(line.substring(0, space));
        acknowledged
            .get(thread)
            .set((int) (Long.parseLong(line.substring(space + 1)) - next[thread]));
        lines++;
        if (lines == killAfter) {
          victim.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(victim.waitFor()).as("the victim was killed, it did not fail").isEqualTo(128 + 9);
    return acknowledged;
  }

  /** How many commits of {@code thread} are there from {@code first} on. */
  private static long check(Client client, int thread, long first, BitSet acknowledged) {
    BitSet found = new BitSet();
    long keyOfThread = thread * THREAD_KEYS;
    String rows = "SELECT id, batch, note FROM ledger WHERE id >= $1 AND id < $2 ORDER BY id";
    long[] rowsOfBatch = {-1, 0};
    client
        .query(rows, keyOfThread + first * ROWS_PER_GROUP, keyOfThread + THREAD_KEYS)
        .forEach(row -> {
          long batch = row.getLong("batch") - keyOfThread;
          assertThat(row.getString("note")).isEqualTo(note(row.getLong("id")));
          if (batch != rowsOfBatch[0]) {
            assertWhole(rowsOfBatch);
            rowsOfBatch[0] = batch;
            rowsOfBatch[1] = 0;
          }
          rowsOfBatch[1]++;
          found.set((int) (batch - first));
        });
    assertWhole(rowsOfBatch);
    BitSet lost = (BitSet) acknowledged.clone();
    lost.andNot(found);
    assertThat(lost.isEmpty()).as("lost of thread %d: %s", thread, lost).isTrue();
    BitSet unasked = (BitSet) found.clone();
    unasked.andNot(acknowledged);
    assertThat(unasked.cardinality()).as("in flight of thread %d", thread).isLessThanOrEqualTo(1);
    return found.length();
  }

  private static void assertWhole(long[] rowsOfBatch) {
    if (rowsOfBatch[0] >= 0) {
      assertThat(rowsOfBatch[1]).as("rows of %d", rowsOfBatch[0]).isEqualTo(rows(rowsOfBatch[0]));
    }
  }

  private static void checkIndex(Client client) {
    List<Long> batches =
        client.query("SELECT batch, id FROM ledger").toList(row -> row.getLong("batch"));
    PreparedStatement byBatch = client.prepare("SELECT id FROM ledger WHERE batch = $1");
    for (int i = 0; i < batches.size(); i += 97) {
      long batch = batches.get(i);
      assertThat(byBatch.query(batch).toList(row -> row.getLong(0)))
          .hasSize(rows(batch % THREAD_KEYS));
    }
  }

  private static int rows(long batch) {
    return batch % 5 == 4 ? ROWS_PER_GROUP : 1;
  }

  private static String note(long id) {
    return "note of row " + id;
  }

  /** The process that gets killed. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws InterruptedException {
      Client client = open(Path.of(arguments[0]));
      List<Thread> threads = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        long first = Long.parseLong(arguments[1 + thread]);
        threads.add(Thread.ofPlatform().start(() -> write(client, number, first)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }

    private static void write(Client client, int thread, long first) {
      PreparedStatement insert = client.prepare("INSERT INTO ledger VALUES ($1, $2, $3)");
      for (long batch = first; batch < THREAD_KEYS / ROWS_PER_GROUP; batch++) {
        long batchKey = thread * THREAD_KEYS + batch;
        long id = thread * THREAD_KEYS + batch * ROWS_PER_GROUP;
        if (rows(batch) == 1) {
          insert.execute(id, batchKey, note(id));
        } else {
          client.transaction(tx -> {
            for (long i = id; i < id + ROWS_PER_GROUP; i++) {
              tx.execute("INSERT INTO ledger VALUES ($1, $2, $3)", i, batchKey, note(i));
            }
          });
        }
        synchronized (System.out) {
          System.out.println(thread + " " + batch);
          System.out.flush();
        }
      }
    }
  }
}
