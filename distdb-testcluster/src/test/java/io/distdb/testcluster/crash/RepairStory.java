// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.inspect.Damage;
import io.distdb.api.journal.Journal;
import io.distdb.client.Client;
import io.distdb.node.inspect.InspectSurroundings;
import io.distdb.node.repair.Repair;
import io.distdb.sql.session.Session;
import io.distdb.testcluster.simulation.SimulatedDatabase;
import java.util.List;
import java.util.Optional;

/**
 * A database whose log was damaged is saved into a new directory. What an acknowledged repair saved
 * is what another one saves of the same damaged directory, which repairs only read; or it has less,
 * and has said what else it could not read. One that was not acknowledged leaves a directory that
 * is refused, or all of it.
 */
final class RepairStory implements Story {
  private static final String DAMAGED = "damaged";
  private static final long MEMORY_BYTES = 64 << 20;
  private static final long RECORD_AT = 64;
  private static final int HEADER_BYTES = 44;

  private final Machine machine;
  private String target = "saved-1";
  private boolean made;
  private boolean damaged;
  private boolean tried;
  private boolean saved;
  private List<Damage> damages = List.of();
  private int checks;

  RepairStory(Machine machine) {
    this.machine = machine;
  }

  @Override
  public void live() {
    made = machine.attempt(this::make);
    if (!made && machine.heals()) {
      return;
    }
    if (made && machine.node().isAlive()) {
      damage();
      if (!save() && machine.heals()) {
        target = "saved-2";
        if (!save()) {
          throw new AssertionError("a repair does not go on when there is space");
        }
      }
    }
  }

  private void make() {
    SimulatedDatabase.place(machine.disk(), DAMAGED);
    try (Client client = open(DAMAGED)) {
      client.execute("CREATE TABLE item (id BIGINT PRIMARY KEY, tag TEXT)");
      client.execute("INSERT INTO item VALUES (1, 'a'), (2, 'b')");
      client.checkpoint();
      for (int id = 3; id < 9; id++) {
        client.execute("INSERT INTO item VALUES ($1, 'later')", id);
      }
    }
  }

  private Client open(String directory) {
    return SimulatedDatabase.open(
        machine.node(), machine.disk().directory(directory), machine.config());
  }

  /** A bit in the payload of the third record of the log's first segment. */
  private void damage() {
    List<String> segments =
        machine.node().disk().list(DAMAGED + "/journal").stream()
            .filter(name -> name.endsWith(".segment") && !name.startsWith("free-"))
            .toList();
    long bit = (RECORD_AT + 3L * HEADER_BYTES) * 8;
    machine.node().disk().flipBit(DAMAGED + "/journal/" + segments.getFirst(), bit);
    damaged = true;
  }

  private boolean save() {
    tried = true;
    saved = machine.attempt(() -> damages = save(target));
    return saved;
  }

  /** Returns what was found damaged. */
  private List<Damage> save(String directory) {
    Disk disk = machine.disk();
    InspectSurroundings surroundings =
        new InspectSurroundings(
            machine.node().clock(),
            machine.node().scheduler(),
            disk::directory,
            Journal.Progress.SILENT);
    return new Repair(disk.directory(DAMAGED), surroundings, MEMORY_BYTES)
        .save(SimulatedDatabase.place(disk, directory), false)
        .found()
        .damages();
  }

  private Picture content(String directory) {
    try (Client client = open(directory);
        Session session = client.newSession()) {
      Picture picture = new Picture();
      picture.add(session, "item", "SELECT id, tag FROM item");
      return picture;
    }
  }

  @Override
  public void check(Client client) {
    // The database that is open has no part in this story.
  }

  @Override
  public boolean settle(Client client, Books.Loss loss) {
    if (damaged) {
      String directory = "again-" + ++checks;
      boolean saidMore = !save(directory).containsAll(damages);
      Picture expected = again(directory);
      Optional<Picture> found = found();
      boolean mayDiffer = machine.isSilent() || saidMore;
      if (found.isPresent() && !found.get().equals(expected) && !mayDiffer) {
        throw new AssertionError(
            "the saved database shows something else:" + expected.difference(found.get()));
      }
    }
    return false;
  }

  /** What a repair saves that nothing disturbs. */
  private Picture again(String directory) {
    Picture picture = content(directory);
    if (picture.keys("item").size() < 2 && !machine.isSilent()) {
      throw new AssertionError("what the checkpoint holds is not saved: " + picture);
    }
    return picture;
  }

  private Optional<Picture> found() {
    if (!tried || machine.disk().list(target).isEmpty()) {
      if (saved) {
        throw new AssertionError("the saved database is gone");
      }
      return Optional.empty();
    }
    try {
      return Optional.of(content(target));
    } catch (DistDbException refused) {
      boolean interrupted = !saved && refused.code() == ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE;
      if (!interrupted && !machine.isDetection(refused)) {
        throw refused;
      }
      return Optional.empty();
    }
  }

  @Override
  public void goOn(Client client) {
    client.execute("CREATE TABLE IF NOT EXISTS other (id BIGINT PRIMARY KEY)");
  }
}
