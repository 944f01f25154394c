// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Retry;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Three SQL sessions on one simulated machine: two of them run into a certain deadlock, then all
 * move money about until the power goes; then recovery, and the books must balance: money is
 * constant, each acknowledged transfer is in the log, and balances are what the log says.
 */
final class ThreeSessions {
  private static final int ACCOUNTS = 6;
  private static final int TRANSFERS = 12;

  private final SimulatedWorld world;
  private final TreeSet<Long> attempted = new TreeSet<>();
  private final TreeSet<Long> acknowledged = new TreeSet<>();
  private int deadlocks;

  private ThreeSessions(SimulatedWorld world) {
    this.world = world;
  }

  /** Plays it for one seed; the trace hash covers every turn, timer, disk call and answer. */
  static long traceHash(long seed) {
    try (SimulatedWorld world = new SimulatedWorld(seed)) {
      ThreeSessions play = new ThreeSessions(world);
      world.run(play::play);
      return world.traceHash();
    }
  }

  private void play() {
    SimulatedNode node = world.node("n1");
    node.scheduler().start("first life", () -> firstLife(node)).join();
    SeededRandom fate = world.random("crash");
    node.crash(fate.pick(List.of(CrashMode.LOST, CrashMode.TORN, CrashMode.REORDERED)));
    node.scheduler().start("second life", () -> recover(node)).join();
    assertThat(deadlocks).as("deadlocks found").isEqualTo(1);
  }

  private void firstLife(SimulatedNode node) {
    Client client = SimulatedDatabase.open(node);
    try (Session session = client.newSession()) {
      session.execute("CREATE TABLE account (id BIGINT PRIMARY KEY, balance BIGINT NOT NULL)");
      session.execute(
          "CREATE TABLE log (id BIGINT PRIMARY KEY, source BIGINT, target BIGINT, amount BIGINT)");
      for (int id = 0; id < ACCOUNTS; id++) {
        session.execute("INSERT INTO account VALUES (" + id + ", 100)");
      }
    }
    deadlock(node.scheduler(), client);
    node.disk().crashAt(node.disk().boundaries() + world.random("boundary").between(0, 60));
    List<Scheduler.Task> tasks = new ArrayList<>();
    for (String name : List.of("ann", "bob", "cid")) {
      tasks.add(node.scheduler().start(name, () -> transfers(client, name)));
    }
    tasks.forEach(Scheduler.Task::join);
  }

  /** Each holds one row before either asks for the other's. */
  private void deadlock(Scheduler scheduler, Client client) {
    Waiter annHolds = scheduler.newWaiter();
    Waiter bobHolds = scheduler.newWaiter();
    Scheduler.Task ann =
        scheduler.start("ann locks", () -> lockTwo(client, 0, 1, annHolds, bobHolds));
    Scheduler.Task bob =
        scheduler.start("bob locks", () -> lockTwo(client, 1, 0, bobHolds, annHolds));
    ann.join();
    bob.join();
  }

  private void lockTwo(Client client, int first, int second, Waiter mine, Waiter other) {
    try (Session session = client.newSession()) {
      session.execute("BEGIN");
      session.execute("UPDATE account SET balance = balance + 1 WHERE id = " + first);
      mine.signal();
      other.await(Waiter.FOREVER);
      session.execute("UPDATE account SET balance = balance - 1 WHERE id = " + second);
      session.execute("ROLLBACK");
    } catch (DistDbException victim) {
      assertThat(victim.code()).isEqualTo(ErrorCode.DEADLOCK_DETECTED);
      deadlocks++;
      world.trace("deadlock", victim.getMessage(), first);
    }
  }

  private void transfers(Client client, String name) {
    SeededRandom random = world.random(name);
    try (Session session = client.newSession()) {
      for (int i = 0; i < TRANSFERS; i++) {
        long id = (name.charAt(0) - 'a') * 1_000L + i;
        transfer(session, random, id);
        if (i == TRANSFERS / 2) {
          client.checkpoint();
        }
      }
    }
  }

  private void transfer(Session session, SeededRandom random, long id) {
    int source = random.below(ACCOUNTS);
    int target = (source + 1 + random.below(ACCOUNTS - 1)) % ACCOUNTS;
    long amount = random.between(1, 20);
    attempted.add(id);
    try {
      session.execute(
          "BEGIN ISOLATION LEVEL "
              + random.pick(List.of("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE")));
      session.execute("UPDATE account SET balance = balance - " + amount + " WHERE id = " + source);
      session.execute("UPDATE account SET balance = balance + " + amount + " WHERE id = " + target);
      session.execute(
          "INSERT INTO log VALUES (" + id + ", " + source + ", " + target + ", " + amount + ")");
      session.execute("COMMIT");
      acknowledged.add(id);
      world.trace("acknowledged", "log", id);
    } catch (DistDbException failure) {
      assertThat(failure.code().retry()).as(failure.toString()).isEqualTo(Retry.TRANSACTION);
      session.execute("ROLLBACK");
      attempted.remove(id);
      world.trace("aborted", failure.sqlState(), id);
    }
  }

  private void recover(SimulatedNode node) {
    try (Client client = SimulatedDatabase.open(node);
        Session session = client.newSession()) {
      long[] balances = new long[ACCOUNTS];
      java.util.Arrays.fill(balances, 100);
      TreeSet<Long> found = new TreeSet<>();
      for (long[] row :
          SqlRows.longs(session, "SELECT id, source, target, amount FROM log ORDER BY id")) {
        found.add(row[0]);
        balances[(int) row[1]] -= row[3];
        balances[(int) row[2]] += row[3];
      }
      assertThat(found).as("acknowledged transfers").containsAll(acknowledged);
      assertThat(attempted).as("transfers that were asked for").containsAll(found);
      for (long[] row : SqlRows.longs(session, "SELECT id, balance FROM account ORDER BY id")) {
        assertThat(row[1]).as("balance of %s", row[0]).isEqualTo(balances[(int) row[0]]);
        world.trace("balance", "account", row[1]);
      }
    }
  }

  static String line(long seed) {
    return "trace " + seed + " " + Long.toHexString(traceHash(seed));
  }

  /** Prints the trace hash of each seed from the first argument up to the second, excluded. */
  public static void main(String[] arguments) {
    StringBuilder hashes = new StringBuilder();
    for (long seed = Long.parseLong(arguments[0]); seed < Long.parseLong(arguments[1]); seed++) {
      hashes.append(line(seed)).append('\n');
    }
    System.out.print(hashes);
  }
}
