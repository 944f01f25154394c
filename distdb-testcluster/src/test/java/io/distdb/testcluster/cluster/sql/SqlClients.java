// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.Retry;
import io.distdb.node.wiring.Node;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.checker.Outcome;
import io.distdb.testkit.checker.SetChecker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Clients that speak SQL to any node: money moves and stays as much, rows that were acknowledged
 * are there, a counter counts each statement once.
 */
final class SqlClients {
  private static final int ACCOUNTS = 5;
  private static final long TOTAL = ACCOUNTS * 100L;
  private static final List<String> LEVELS =
      List.of("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE");

  private final SeededRandom random;
  private final LongSupplier now;
  private final Runnable pause;
  private final List<SetChecker.Add> adds = new ArrayList<>();
  private final List<SetChecker.Read> reads = new ArrayList<>();
  private int counted;
  private int perhapsCounted;
  private int answered;

  /**
   * @param pause called between the statements of a transaction
   */
  SqlClients(SeededRandom random, LongSupplier now, Runnable pause) {
    this.random = random;
    this.now = now;
    this.pause = pause;
  }

  int answered() {
    return answered;
  }

  static void create(Node node) {
    try (Session session = node.database().newSession()) {
      session.execute("CREATE TABLE account (id BIGINT PRIMARY KEY, balance BIGINT NOT NULL)");
      session.execute("CREATE TABLE element (id BIGINT PRIMARY KEY, twice BIGINT UNIQUE)");
      session.execute("CREATE TABLE counter (id BIGINT PRIMARY KEY, value BIGINT NOT NULL)");
      session.execute("INSERT INTO counter VALUES (1, 0)");
      for (int id = 0; id < ACCOUNTS; id++) {
        session.execute("INSERT INTO account VALUES (" + id + ", 100)");
      }
    }
  }

  /** One request; a crash may end it anywhere. */
  void ask(Node node) {
    try (Session session = node.database().newSession()) {
      switch (random.below(6)) {
        case 0, 1 -> transfer(session);
        case 2 -> audit(session);
        case 3 -> auditNearby(session);
        case 4 -> add(session);
        default -> {
          if (random.chance(0.5)) {
            count(session);
          } else {
            read(session);
          }
        }
      }
      answered++;
    } catch (DistDbException refusal) {
      outcome(refusal);
    }
  }

  private static Outcome outcome(DistDbException refusal) {
    return switch (refusal.code().retry()) {
      case TRANSACTION -> Outcome.ABORTED;
      case ASK_FIRST -> Outcome.UNKNOWN;
      case NEVER -> throw refusal;
    };
  }

  private void transfer(Session session) {
    int from = random.below(ACCOUNTS);
    int to = (from + 1 + random.below(ACCOUNTS - 1)) % ACCOUNTS;
    int amount = 1 + random.below(30);
    session.execute("BEGIN ISOLATION LEVEL " + random.pick(LEVELS));
    session.execute("UPDATE account SET balance = balance - " + amount + " WHERE id = " + from);
    pause.run();
    session.execute("UPDATE account SET balance = balance + " + amount + " WHERE id = " + to);
    pause.run();
    session.execute("COMMIT");
  }

  private void audit(Session session) {
    assertThat(numbers(session, "SELECT sum(balance)::BIGINT FROM account"))
        .as("the total")
        .containsExactly(TOTAL);
  }

  void lookNearby(Node node) {
    try (Session session = node.database().newSession()) {
      auditNearby(session);
    }
  }

  /** Asked of the replica at hand; two statements at one moment see the same. */
  private void auditNearby(Session session) {
    session.execute("SET transaction_read_mode = 'bounded_staleness'");
    session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    List<Long> one = numbers(session, "SELECT balance FROM account ORDER BY id");
    pause.run();
    List<Long> other = numbers(session, "SELECT balance FROM account ORDER BY id DESC").reversed();
    session.execute("COMMIT");
    assertThat(other).as("read again at one snapshot").isEqualTo(one);
    if (!one.isEmpty()) {
      assertThat(one.stream().mapToLong(Long::longValue).sum()).as("the total").isEqualTo(TOTAL);
    }
  }

  /** Retried by the server when it must be: never a duplicate of its own first try. */
  boolean add(Session session) {
    int value = adds.size();
    long begun = now.getAsLong();
    adds.add(new SetChecker.Add(value, Outcome.UNKNOWN, begun, begun));
    Outcome outcome = Outcome.COMMITTED;
    try {
      session.execute("INSERT INTO element VALUES (" + value + ", " + 2 * value + ")");
    } catch (DistDbException refusal) {
      outcome = outcome(refusal);
    }
    adds.set(value, new SetChecker.Add(value, outcome, begun, now.getAsLong()));
    return outcome == Outcome.COMMITTED;
  }

  private void read(Session session) {
    long begun = now.getAsLong();
    List<Long> values = numbers(session, "SELECT id FROM element WHERE twice >= 0");
    reads.add(new SetChecker.Read(values, begun, now.getAsLong()));
  }

  private void count(Session session) {
    perhapsCounted++;
    try {
      session.execute("UPDATE counter SET value = value + 1 WHERE id = 1");
      counted++;
    } catch (DistDbException refusal) {
      if (refusal.code().retry() == Retry.TRANSACTION) {
        perhapsCounted--;
      }
      throw refusal;
    }
  }

  private static List<Long> numbers(Session session, String sql) {
    List<Long> numbers = new ArrayList<>();
    if (session.execute(sql) instanceof StatementResult.Rows rows) {
      while (rows.rows().next()) {
        numbers.add(Long.parseLong(rows.rows().text(0)));
      }
    }
    return numbers;
  }

  /** Everything has healed: judges what was told, by what this node shows. */
  void check(Node node) {
    try (Session session = node.database().newSession()) {
      audit(session);
      read(session);
      assertThat(numbers(session, "SELECT value FROM counter").get(0))
          .as("the counter")
          .isBetween((long) counted, (long) perhapsCounted);
    }
    new SetChecker().check(adds, reads).assertSound();
  }
}
