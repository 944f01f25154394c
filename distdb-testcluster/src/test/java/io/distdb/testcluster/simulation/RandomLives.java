// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import io.distdb.testcluster.simulation.RandomWriter.ExpectedErrors;
import io.distdb.testcluster.simulation.RowModel.Row;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.DiskFaults;
import io.distdb.testkit.disk.DiskOperation;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Several lives of one database under random sessions. A life ends by power loss or kill, often
 * with a disk that has become full or broken before; then reads must go on, and the next life must
 * find everything acknowledged, nothing half applied, and indexes that agree with their table.
 */
final class RandomLives {
  private static final int LIVES = 3;
  private static final int WRITERS = 4;

  private final SimulatedWorld world;
  private final List<RowModel> models = new ArrayList<>();
  private final RandomDefinitions definitions = new RandomDefinitions();
  private long faults;

  private RandomLives(SimulatedWorld world) {
    this.world = world;
    for (int i = 0; i < WRITERS; i++) {
      models.add(new RowModel(i));
    }
  }

  /** What came of one seed. */
  record Played(long traceHash, long faults) {}

  static Played play(long seed) {
    try (SimulatedWorld world = new SimulatedWorld(seed)) {
      RandomLives lives = new RandomLives(world);
      world.run(lives::play);
      return new Played(world.traceHash(), lives.faults);
    }
  }

  private void play() {
    SimulatedNode node = world.node("n1");
    for (int number = 0; number < LIVES; number++) {
      new Life(node, number).play();
      end(node, world.random("end " + number));
    }
    node.scheduler()
        .start(
            "last life",
            () -> {
              try (Client client = SimulatedDatabase.open(node)) {
                settle(client);
              }
            })
        .join();
  }

  private void end(SimulatedNode node, SeededRandom fate) {
    faults += node.disk().faults().injected();
    if (fate.chance(0.25) && node.isAlive()) {
      node.kill();
    } else {
      node.crash(fate.pick(List.of(CrashMode.values())));
    }
  }

  /** One process, from its opening until somebody ends it. */
  private final class Life {
    private final SimulatedNode node;
    private final String name;
    private final SeededRandom fate;
    private final ExpectedErrors expected = new ExpectedErrors();
    private final List<Session> sessions = new ArrayList<>();
    private Client client;

    Life(SimulatedNode node, int number) {
      this.node = node;
      name = "life " + number + " ";
      fate = world.random(name);
    }

    void play() {
      node.scheduler().start(name + "begins", this::begin).join();
      world.sleep(fate.between(1_000_000, 30_000_000));
      if (node.isAlive() && fate.chance(0.6)) {
        breakDisk();
        world.sleep(fate.between(1_000_000, 20_000_000));
        if (node.isAlive()) {
          node.scheduler().start(name + "reads on", this::readOn).join();
        }
      }
    }

    private void begin() {
      client = SimulatedDatabase.open(node);
      create();
      settle(client);
      if (fate.chance(0.4)) {
        node.disk().crashAt(node.disk().boundaries() + fate.between(1, 120));
      }
      for (RowModel model : models) {
        Session session = client.newSession();
        sessions.add(session);
        RandomWriter writer = new RandomWriter(session, model, random("writer", model), expected);
        start("writer", writer::step);
      }
      Session definer = client.newSession();
      SeededRandom random = world.random(name + "definitions");
      start("definitions", () -> definitions.step(definer, random, expected));
      start("keeper", this::keep);
    }

    private SeededRandom random(String what, RowModel model) {
      return world.random(name + what + model.firstId());
    }

    private void start(String what, BooleanSupplier step) {
      node.scheduler()
          .start(
              name + what,
              () -> {
                while (node.isAlive() && step.getAsBoolean()) {
                  world.sleep(10_000);
                }
              });
    }

    /** Cancels somebody, writes a checkpoint. */
    private boolean keep() {
      world.sleep(fate.between(100_000, 3_000_000));
      fate.pick(sessions).cancel();
      try {
        client.checkpoint();
      } catch (DistDbException failure) {
        expected.check(failure);
      }
      return true;
    }

    private void breakDisk() {
      expected.diskFails();
      DiskFaults disk = node.disk().faults();
      switch (fate.below(4)) {
        case 0 -> disk.capacityBytes(fate.between(0, 60_000));
        case 1 -> disk.failFrom(node.disk().calls() + fate.below(20), DiskFaults.Failure.IO_ERROR);
        case 2 -> disk.failFrom(node.disk().calls() + fate.below(20), DiskFaults.Failure.DISK_FULL);
        default ->
            disk.failSometimes(
                fate.pick(List.of(DiskOperation.values())), 0.2, DiskFaults.Failure.IO_ERROR);
      }
    }

    /**
     * Whatever became of the disk, what is in memory answers. A read that waits for a commit whose
     * outcome becomes unknown is told so; tried again, it reads on.
     */
    private void readOn() {
      try {
        readSnapshot();
      } catch (DistDbException waited) {
        assertThat(waited.code()).isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
        readSnapshot();
      }
    }

    private void readSnapshot() {
      try (Session session = client.newSession()) {
        session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        checkCells(session, items(session, Long.MIN_VALUE, Long.MAX_VALUE));
        session.execute("COMMIT");
      }
    }

    private void create() {
      client.execute(
          "CREATE TABLE IF NOT EXISTS item"
              + " (id BIGINT PRIMARY KEY, tag BIGINT, cell BIGINT, delta BIGINT)");
      client.execute("CREATE TABLE IF NOT EXISTS cell (id BIGINT PRIMARY KEY, n BIGINT)");
      for (int cell = 0; cell < RandomWriter.CELLS; cell++) {
        if (client.query("SELECT id FROM cell WHERE id = $1", cell).toList(row -> 1).isEmpty()) {
          client.execute("INSERT INTO cell VALUES ($1, 0)", cell);
        }
      }
    }
  }

  private void settle(Client client) {
    try (Session session = client.newSession()) {
      for (RowModel model : models) {
        model.settle(items(session, model.firstId(), model.endId()));
      }
      definitions.settle(session);
      TreeMap<Long, Row> all = items(session, Long.MIN_VALUE, Long.MAX_VALUE);
      checkCells(session, all);
      checkIndexes(session, all);
    }
  }

  private static void checkCells(Session session, TreeMap<Long, Row> items) {
    for (long[] cell : SqlRows.longs(session, "SELECT id, n FROM cell ORDER BY id")) {
      long sum = 0;
      for (Row row : items.values()) {
        sum += row.cell() == cell[0] ? row.delta() : 0;
      }
      assertThat(cell[1]).as("cell %s is the sum of its items %s", cell[0], items).isEqualTo(sum);
    }
  }

  /** With and without whatever indexes there are, the answers are the same. */
  private static void checkIndexes(Session session, TreeMap<Long, Row> items) {
    for (long tag = 0; tag < RandomWriter.TAGS; tag++) {
      TreeMap<Long, Row> expected = new TreeMap<>(items);
      long wanted = tag;
      expected.values().removeIf(row -> row.tag() != wanted);
      assertThat(rows(session, "tag = " + tag)).as("items of tag %s", tag).isEqualTo(expected);
    }
  }

  /** Those whose id is in [from, end). */
  private static TreeMap<Long, Row> items(Session session, long from, long end) {
    TreeMap<Long, Row> rows = rows(session, "id >= 0");
    rows.keySet().removeIf(id -> id < from || id >= end);
    return rows;
  }

  private static TreeMap<Long, Row> rows(Session session, String condition) {
    TreeMap<Long, Row> rows = new TreeMap<>();
    List<long[]> answer =
        SqlRows.longs(session, "SELECT id, tag, cell, delta FROM item WHERE " + condition);
    for (long[] row : answer) {
      rows.put(row[0], new Row(row[1], row[2], row[3]));
    }
    assertThat(answer).as("no item comes twice").hasSize(rows.size());
    return rows;
  }
}
