// SPDX-License-Identifier: MIT
package io.distdb.testcluster.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.inspect.Damage;
import io.distdb.api.inspect.FileGroup;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Clock;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import io.distdb.node.inspect.DirectoryReport;
import io.distdb.node.inspect.DirectorySurvey;
import io.distdb.node.inspect.IndexName;
import io.distdb.node.inspect.InspectSurroundings;
import io.distdb.node.repair.ContentLoss;
import io.distdb.node.repair.Repair;
import io.distdb.node.repair.RepairReport;
import io.distdb.storage.memory.disk.FileDisk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Planted damage in a directory of the engine {@code rocksdb}. */
final class RocksDamageTest {
  private static final int ROWS = 3000;

  @TempDir private Path home;

  private final TreeMap<Long, String> rows = new TreeMap<>();
  private Path data;

  private static Client open(Path directory) {
    return Client.open(config(directory, 4096));
  }

  private static Config config(Path directory, int segmentBytes) {
    return Config.builder()
        .directory(directory)
        .storage("rocksdb")
        .journalSegmentBytes(segmentBytes)
        .build();
  }

  @BeforeEach
  void fill() {
    data = home.resolve("data");
    Random random = new Random(3);
    try (Client client = open(data)) {
      client.execute("CREATE TABLE item (id BIGINT PRIMARY KEY, name TEXT, amount INTEGER)");
      client.execute("CREATE INDEX item_amount ON item USING hash (amount)");
      client.transaction(transaction -> {
        for (long id = 0; id < ROWS; id++) {
          String name =
              random
                  .ints(100, 'a', 'z' + 1)
                  .collect(
                      StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                  .toString();
          transaction.execute("INSERT INTO item VALUES ($1, $2, $3)", id, name, (int) id);
          rows.put(id, name);
        }
      });
      client.checkpoint();
      client.checkpoint();
    }
  }

  private DirectoryReport inspect(boolean verify) {
    return DirectorySurvey.inspect(
        FileDisk.readOnly(data, Clock.system()),
        InspectSurroundings.system(Journal.Progress.SILENT),
        verify);
  }

  private Path largest() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("storage"))) {
      return files
          .filter(file -> file.toString().endsWith(".sst"))
          .max(Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  private static void flip(Path file, long at) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at);
      int old = open.read();
      open.seek(at);
      open.write(old ^ 4);
    }
  }

  private Map<String, FileTime> names() throws IOException {
    Map<String, FileTime> names = new TreeMap<>();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        names.put(file.toString(), Files.getLastModifiedTime(file));
      }
    }
    return names;
  }

  @Test
  void aSoundDirectoryIsDescribedAndLeftAlone() throws IOException {
    Map<String, FileTime> before = names();
    for (boolean verify : new boolean[] {false, true}) {
      DirectoryReport report = inspect(verify);
      assertThat(report.damages()).isEmpty();
      assertThat(report.engine()).isEqualTo("rocksdb");
      assertThat(report.groups())
          .extracting(FileGroup::name)
          .containsExactly("default", "ordered", "hashed", "history");
      assertThat(report.groups().get(1).bytes()).isPositive();
      assertThat(report.contents().getFirst().indexes())
          .anySatisfy(index -> {
            assertThat(report.names().get(index.id()))
                .isEqualTo(new IndexName("postgres", "public", "item", Optional.empty()));
            assertThat(index.keys()).isEqualTo(ROWS);
            assertThat(index.exact()).isEqualTo(verify);
          });
    }
    assertThat(names()).isEqualTo(before);
  }

  @Test
  void aDirectoryInUseIsDescribedToo() {
    try (Client client = open(data)) {
      assertThat(inspect(true).holder()).isPresent();
      assertThat(client.query("SELECT count(*) FROM item").toList(row -> row.getLong(0)))
          .containsExactly((long) ROWS);
    }
  }

  @Test
  void whatWasNeverFlushedIsNoDamageAndIsSavedFromTheJournal() throws IOException {
    data = home.resolve("young");
    Path target = home.resolve("saved");
    try (Client client = Client.open(config(data, 1 << 20))) {
      client.execute("CREATE TABLE item (id BIGINT PRIMARY KEY)");
      client.execute("INSERT INTO item SELECT i FROM generate_series(1, 10) AS g (i)");
      assertThat(inspect(true).damages()).isEmpty();
      copy(data, home.resolve("killed"));
    }
    data = home.resolve("killed");
    assertThat(inspect(true).damages()).isEmpty();
    save(target);
    try (Client client = open(target)) {
      assertThat(client.queryValue("SELECT count(*) FROM item", Long.class)).isEqualTo(10);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private RepairReport save(Path target) {
    return new Repair(
            FileDisk.readOnly(data, Clock.system()),
            InspectSurroundings.system(Journal.Progress.SILENT),
            64L << 20)
        .save(new FileDisk(target, Clock.system()), false);
  }

  @Test
  void aDamagedBlockIsNamedAndCostsItsRowsAlone() throws IOException {
    Path file = largest();
    long at = Files.size(file) / 2;
    flip(file, at);
    DirectoryReport report = inspect(true);
    List<Damage> blocks =
        report.damages().stream().filter(each -> each.kind() == Damage.Kind.BLOCK).toList();
    assertThat(blocks)
        .isNotEmpty()
        .allSatisfy(damage -> {
          assertThat(damage.file()).endsWith(file.getFileName().toString());
          assertThat(damage.offset()).isBetween(at - damage.bytes() - 8, at);
        });
    Path target = home.resolve("saved");
    RepairReport saved = save(target);
    ContentLoss lost = saved.plan().lost().orElseThrow();
    assertThat(lost.keys()).isPositive();
    try (Client client = open(target)) {
      Map<Long, String> left = new TreeMap<>();
      client
          .query("SELECT id, name FROM item")
          .toList(row -> left.put(row.getLong(0), row.getString(1)));
      assertThat(left.size()).isBetween(ROWS - 300, ROWS - 1);
      assertThat((long) ROWS - left.size()).isLessThanOrEqualTo(lost.keys());
      left.forEach((id, name) -> assertThat(name).isEqualTo(rows.get(id)));
      long some = left.keySet().iterator().next();
      assertThat(
              client
                  .query("SELECT name FROM item WHERE amount = $1", (int) some)
                  .toList(row -> row.getString(0)))
          .containsExactly(rows.get(some));
    }
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Path file = largest();
    Files.delete(file);
    assertThat(inspect(true).damages())
        .anySatisfy(damage -> {
          assertThat(damage.kind()).isEqualTo(Damage.Kind.MISSING_FILE);
          assertThat(damage.file()).endsWith(file.getFileName().toString());
        });
  }
}
