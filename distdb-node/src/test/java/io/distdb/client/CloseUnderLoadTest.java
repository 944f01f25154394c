// SPDX-License-Identifier: MIT
package io.distdb.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.session.Session;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client is closed while others use it: they hear of it, and nothing acknowledged is lost. */
final class CloseUnderLoadTest {
  private static final Set<ErrorCode> CLOSED =
      Set.of(ErrorCode.CONNECTION_CLOSED, ErrorCode.SHUTTING_DOWN);

  @TempDir private Path directory;

  private interface Work {
    void once(Client client, long run);
  }

  /** Repeats {@code work} until it fails, and keeps the failure. */
  private static Thread start(
      Client client, Work work, CountDownLatch going, Queue<Throwable> ends) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            for (long run = 0; ; run++) {
              work.once(client, run);
              if (run == 20) {
                going.countDown();
              }
            }
          } catch (Throwable end) {
            ends.add(end);
          }
        });
  }

  @RepeatedTest(3)
  void everyCallEndsAndWhatWasAcknowledgedIsThere() throws InterruptedException {
    Client client = Client.open(directory);
    client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT)");
    client.execute("CREATE TABLE counter (id BIGINT PRIMARY KEY, n BIGINT)");
    client.execute("INSERT INTO counter VALUES (1, 0)");
    Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    List<Work> works = new ArrayList<>();
    for (long writer = 0; writer < 3; writer++) {
      long base = writer * 1_000_000_000L;
      works.add((own, run) -> {
        own.execute("INSERT INTO t VALUES ($1, $2)", base + run, run);
        acknowledged.add(base + run);
      });
    }
    works.add((own, run) -> own.query("SELECT sum(n) FROM t").forEach(row -> row.get(0)));
    works.add((own, run) -> own.query("SELECT id FROM t").forEach(row -> row.getLong(0)));
    for (int i = 0; i < 2; i++) {
      works.add((own, run) ->
          own.transaction(tx -> {
            tx.execute("UPDATE counter SET n = n + 1 WHERE id = 1");
            tx.query("SELECT n FROM counter WHERE id = 1").forEach(row -> row.getLong(0));
          }));
    }
    CountDownLatch going = new CountDownLatch(works.size());
    Queue<Throwable> ends = new ConcurrentLinkedQueue<>();
    List<Thread> threads = works.stream().map(work -> start(client, work, going, ends)).toList();
    going.await();
    client.close();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(ends)
        .hasSize(works.size())
        .allSatisfy(end ->
            assertThat(end)
                .isInstanceOfSatisfying(
                    DistDbException.class, failure -> assertThat(failure.code()).isIn(CLOSED)));
    try (Client again = Client.open(directory)) {
      assertThat(again.recovery().journal().closedCleanly()).isTrue();
      List<Long> found = again.query("SELECT id FROM t").toList(row -> row.getLong(0));
      assertThat(found).containsAll(acknowledged);
      again.execute("DROP TABLE t");
      again.execute("DROP TABLE counter");
    }
  }

  /** Rows without end. */
  private static InputStream endless(CountDownLatch begun) {
    return new InputStream() {
      private final java.util.PrimitiveIterator.OfLong numbers =
          LongStream.iterate(1, number -> number + 1).iterator();

      @Override
      public int read() {
        throw new AssertionError("read by blocks");
      }

      @Override
      public int read(byte[] target, int from, int length) {
        begun.countDown();
        byte[] line = (numbers.nextLong() + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        System.arraycopy(line, 0, target, from, line.length);
        return line.length;
      }
    };
  }

  @Test
  void aStatementUnderWayIsCancelledAndWaitedFor() throws InterruptedException {
    Client client = Client.open();
    client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<DistDbException> failure = new AtomicReference<>();
    Thread copying =
        Thread.ofPlatform()
            .start(() ->
                failure.set(
                    catchThrowableOfType(
                        DistDbException.class,
                        () -> client.copyIn("COPY t FROM STDIN", endless(begun)))));
    begun.await();
    client.close();
    copying.join();
    assertThat(failure.get().code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
    assertThat(failure.get()).hasMessage("terminating connection due to administrator command");
  }

  @Test
  void openResultsAndSessionsHearOfItWhenTheyGoOn() {
    Client client = Client.open();
    client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
    Result open = client.query("SELECT n FROM generate_series(1, 100000) n");
    assertThat(open.next()).isTrue();
    Result given = client.query("SELECT n FROM generate_series(1, 100000) n");
    PreparedStatement prepared = client.prepare("SELECT 1");
    Session session = client.newSession();
    session.execute("BEGIN");
    session.execute("INSERT INTO t VALUES (1)");
    client.close();
    assertThat(catchThrowableOfType(DistDbException.class, open::next).code())
        .isEqualTo(ErrorCode.CONNECTION_CLOSED);
    open.close();
    given.close();
    assertThat(catchThrowableOfType(DistDbException.class, prepared::query).code())
        .isEqualTo(ErrorCode.CONNECTION_CLOSED);
    assertThat(catchThrowableOfType(DistDbException.class, () -> session.execute("COMMIT")).code())
        .isEqualTo(ErrorCode.SHUTTING_DOWN);
    session.close();
    assertThat(
            catchThrowableOfType(
                    DistDbException.class, () -> client.transaction(tx -> tx.execute("SELECT 1")))
                .code())
        .isEqualTo(ErrorCode.CONNECTION_CLOSED);
  }

  @Test
  void aTransactionIsRolledBackWhenItGoesOn() {
    Client client = Client.open(directory);
    client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
    DistDbException failure =
        catchThrowableOfType(
            DistDbException.class,
            () ->
                client.transaction(tx -> {
                  tx.execute("INSERT INTO t VALUES (1)");
                  client.close();
                  tx.execute("INSERT INTO t VALUES (2)");
                }));
    assertThat(failure.code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
    try (Client again = Client.open(directory)) {
      assertThat(again.queryValue("SELECT count(*) FROM t", Long.class)).isZero();
    }
  }
}
