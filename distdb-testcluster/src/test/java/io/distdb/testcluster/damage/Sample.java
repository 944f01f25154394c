// SPDX-License-Identifier: MIT
package io.distdb.testcluster.damage;

import io.distdb.api.inspect.Damage;
import io.distdb.api.inspect.SegmentReport;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import io.distdb.node.inspect.DirectoryReport;
import io.distdb.node.inspect.DirectorySurvey;
import io.distdb.node.inspect.InspectSurroundings;
import io.distdb.node.wiring.Surroundings;
import io.distdb.storage.memory.journal.JournalSurvey;
import io.distdb.testkit.disk.SimulatedDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** A database on a simulated disk that was closed, to be damaged by a test. */
public final class Sample {
  static final String SNAPSHOT = "snapshots/shard-0/snapshot-0000000001";
  static final int ROWS = 400;

  /** Commits behind the snapshot, each of one row, in segments of 4 KiB. */
  static final int CHANGES = 60;

  public final SimulatedDisk disk = new SimulatedDisk(7);

  /** What the rows are, by id. */
  final TreeMap<Long, String> rows = new TreeMap<>();

  /** Rows in a snapshot of several blocks, then many small commits in several segments. */
  public static Sample make() {
    Sample sample = new Sample();
    Random random = new Random(5);
    try (Client client = open(sample.disk)) {
      client.execute("CREATE TABLE item (id BIGINT PRIMARY KEY, name TEXT, amount INTEGER)");
      client.execute("CREATE INDEX item_amount ON item (amount)");
      for (long id = 0; id < ROWS; id++) {
        String name =
            random
                .ints(400, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        client.execute("INSERT INTO item VALUES ($1, $2, $3)", id, name, (int) id);
        sample.rows.put(id, name);
      }
      client.checkpoint();
      for (long id = 0; id < CHANGES; id++) {
        String name = "changed " + id + " " + "x".repeat(200);
        client.execute("UPDATE item SET name = $1, amount = amount + 1 WHERE id = $2", name, id);
        sample.rows.put(id, name);
      }
    }
    return sample;
  }

  static Config config() {
    return Config.builder().directory(Path.of("simulated")).journalSegmentBytes(4096).build();
  }

  public static Client open(SimulatedDisk disk) {
    Surroundings surroundings =
        new Surroundings(
            Clock.system(),
            Scheduler.threads(),
            Optional.of(disk),
            Optional.empty(),
            "a test",
            Journal.Progress.SILENT,
            path -> {
              throw new AssertionError("nobody takes a backup to " + path);
            });
    return Client.open(config(), surroundings);
  }

  static InspectSurroundings surroundings() {
    return new InspectSurroundings(
        Clock.system(),
        Scheduler.threads(),
        place -> {
          throw new AssertionError("the journal is within, not in " + place);
        },
        Journal.Progress.SILENT);
  }

  public DirectoryReport inspect() {
    return DirectorySurvey.inspect(disk, surroundings(), true);
  }

  /** An entry of the log and where it is. */
  record Place(String file, long offset, long index) {}

  List<Place> entries() {
    List<Place> places = new ArrayList<>();
    JournalSurvey.read(
        disk.directory("journal"),
        new JournalSurvey.Visitor() {
          @Override
          public void record(String file, long offset, JournalRecord record) {
            if (record instanceof JournalRecord.Recovered entry) {
              places.add(new Place(file, offset, entry.position().index()));
            }
          }

          @Override
          public void damage(Damage damage) {
            throw new AssertionError("nothing is damaged yet: " + damage);
          }
        },
        Journal.Progress.SILENT);
    return places;
  }

  List<SegmentReport> segments() {
    return inspect().journal().segments();
  }

  /** A file by the name that a report gives it, as this disk names it. */
  public String name(String file) {
    return file.replaceFirst("^.*:/+", "");
  }

  void flip(String file, long offset, int bit) {
    disk.flipBit(name(file), offset * Byte.SIZE + bit);
  }
}
