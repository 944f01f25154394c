// SPDX-License-Identifier: MIT
package io.distdb.testcluster.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.client.Client;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import io.distdb.testcluster.TestStorage;
import io.distdb.testcluster.simulation.SimulatedNodes;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Three sessions whose statements are played one by one. Sessions 1 and 2 begin in a transaction of
 * the given level, 3 outside of one. A statement runs on its session's thread; when simulated time
 * passes and it has not answered, it waits.
 */
final class Conversation {
  private static final long PATIENCE_NANOS = 1_000_000_000;

  /**
   * How a statement ended.
   *
   * @param rows values by space, rows by |
   * @param sqlState empty for success
   */
  record Outcome(String rows, String sqlState) {}

  private final SimulatedWorld world;
  private final List<Speaker> speakers;

  private Conversation(SimulatedWorld world, List<Speaker> speakers) {
    this.world = world;
    this.speakers = speakers;
  }

  static void play(String level, Consumer<Conversation> script) {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      if (TestStorage.isCluster()) {
        world.run(() ->
            SimulatedNodes.with(
                world, TestStorage.NODES, cluster -> play(world, cluster, level, script)));
        return;
      }
      world.run(() -> {
        SimulatedNode node = world.node("n1");
        node.scheduler().start("play", () -> play(world, node, level, script)).join();
      });
    }
  }

  private static void play(
      SimulatedWorld world, SimulatedNode node, String level, Consumer<Conversation> script) {
    TestStorage.with(node, client -> play(world, node, client, level, script));
  }

  /** Each session on a node of its own. */
  private static void play(
      SimulatedWorld world, SimulatedNodes cluster, String level, Consumer<Conversation> script) {
    List<Speaker> speakers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      speakers.add(new Speaker(cluster.session(i), cluster.scheduler(i)));
    }
    play(new Conversation(world, speakers), level, script);
  }

  private static void play(
      SimulatedWorld world,
      SimulatedNode node,
      Client client,
      String level,
      Consumer<Conversation> script) {
    List<Speaker> speakers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      speakers.add(new Speaker(client.newSession(), node.scheduler()));
    }
    play(new Conversation(world, speakers), level, script);
  }

  private static void play(Conversation conversation, String level, Consumer<Conversation> script) {
    conversation.ok(3, "CREATE TABLE test (id INTEGER PRIMARY KEY, value INTEGER)");
    conversation.ok(3, "INSERT INTO test VALUES (1, 10), (2, 20)");
    conversation.ok(1, "BEGIN ISOLATION LEVEL " + level);
    conversation.ok(2, "BEGIN ISOLATION LEVEL " + level);
    script.accept(conversation);
    conversation.speakers.forEach(Speaker::close);
  }

  /** It answers without waiting, and succeeds. */
  void ok(int session, String sql) {
    assertThat(run(session, sql).sqlState()).as(sql).isEmpty();
  }

  /** It answers without waiting; its rows. */
  String rows(int session, String sql) {
    Outcome outcome = run(session, sql);
    assertThat(outcome.sqlState()).as(sql).isEmpty();
    return outcome.rows();
  }

  /** It answers without waiting. */
  Outcome run(int session, String sql) {
    Speaker speaker = speakers.get(session - 1);
    speaker.say(sql);
    return outcome(session);
  }

  /** It does not answer. */
  void waits(int session, String sql) {
    Speaker speaker = speakers.get(session - 1);
    speaker.say(sql);
    world.sleep(PATIENCE_NANOS);
    assertThat(speaker.answer).as("%s must wait", sql).isNull();
  }

  /** What the statement that waited has come to. */
  Outcome outcome(int session) {
    Speaker speaker = speakers.get(session - 1);
    if (speaker.answer == null) {
      world.sleep(PATIENCE_NANOS);
    }
    assertThat(speaker.answer).as("%s still waits", speaker.sql).isNotNull();
    return speaker.answer;
  }

  /** A session with a thread of its own. */
  private static final class Speaker {
    private final Session session;
    private final Waiter work;
    private final Scheduler.Task thread;
    private String sql;
    private Outcome answer;

    Speaker(Session session, Scheduler scheduler) {
      this.session = session;
      work = scheduler.newWaiter();
      thread = scheduler.start("speaker", this::listen);
    }

    void say(String statement) {
      sql = statement;
      answer = null;
      work.signal();
    }

    void close() {
      session.cancel();
      say("");
      thread.join();
    }

    private void listen() {
      while (true) {
        work.await(Waiter.FOREVER);
        if (sql.isEmpty()) {
          session.close();
          return;
        }
        answer = execute();
      }
    }

    private Outcome execute() {
      try {
        StringBuilder text = new StringBuilder();
        if (session.execute(sql) instanceof StatementResult.Rows result) {
          collect(result.rows(), text);
        }
        return new Outcome(text.toString(), "");
      } catch (DistDbException failure) {
        return new Outcome("", failure.sqlState());
      }
    }

    private static void collect(ResultRows rows, StringBuilder text) {
      try (rows) {
        while (rows.next()) {
          text.append(text.isEmpty() ? "" : "|");
          for (int column = 0; column < rows.columns().size(); column++) {
            text.append(column == 0 ? "" : " ").append(rows.getLong(column));
          }
        }
      }
    }
  }
}
