// SPDX-License-Identifier: MIT
package io.distdb.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of a closed database that are damaged, missing or another's: the error names the file and
 * what to do, nothing is changed, and what is whole can be read.
 */
final class DamagedDirectoryTest {
  private static final int ROWS = 2_000;

  @TempDir private Path home;

  private Path database() {
    return home.resolve("db");
  }

  private Client open() {
    return FaultyProcess.open(database(), Victim.STORAGE);
  }

  private void filled() {
    try (Client client = open()) {
      client.execute("CREATE TABLE small (id BIGINT PRIMARY KEY)");
      client.execute("INSERT INTO small SELECT * FROM generate_series(1, 10)");
      client.checkpoint();
      client.execute(Ledger.TABLE);
      client.execute(Ledger.INDEX);
      client.transaction(tx -> {
        for (long id = 0; id < ROWS; id++) {
          tx.execute(Ledger.INSERT, id, Ledger.part(id), Ledger.note(id));
        }
      });
      client.checkpoint();
    }
  }

  private List<Path> files(String pattern) throws IOException {
    try (Stream<Path> files = Files.walk(database())) {
      return files
          .filter(file -> file.getFileName().toString().matches(pattern))
          .sorted(Comparator.comparingLong(file -> -file.toFile().length()))
          .toList();
    }
  }

  private static void flip(Path file, double where) throws IOException {
    try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
      long offset = (long) (where * damaged.length());
      damaged.seek(offset);
      int before = damaged.read();
      damaged.seek(offset);
      damaged.write(before ^ 0x10);
    }
  }

  private static void refused(String sqlState, Path file, DistDbException refusal) {
    assertThat(refusal).as("it is refused").isNotNull();
    assertThat(refusal.sqlState()).isEqualTo(sqlState);
    assertThat(refusal.getMessage()).contains(file.getFileName().toString());
    assertThat(refusal.hint()).as("what to do: %s", refusal.getMessage()).isPresent();
  }

  private void refusesToOpen(String sqlState, Path file) {
    refused(sqlState, file, catchThrowableOfType(DistDbException.class, () -> open().close()));
  }

  private void missingFileIsNamedAndOpensAgain(String pattern) throws IOException {
    filled();
    Path file = files(pattern).getFirst();
    Path elsewhere = home.resolve("elsewhere");
    Files.move(file, elsewhere);
    refusesToOpen("XX001", file);
    refusesToOpen("XX001", file);
    Files.move(elsewhere, file);
    try (Client client = open()) {
      assertThat(client.query("SELECT count(*) FROM ledger").toList(row -> row.getLong(0)))
          .containsExactly((long) ROWS);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "distdb.test.storage", matches = "rocksdb")
  void aMissingDataFileIsNamed() throws IOException {
    missingFileIsNamedAndOpensAgain("[0-9]+\\.sst");
  }

  @Test
  @EnabledIfSystemProperty(named = "distdb.test.storage", matches = "rocksdb")
  void aMissingManifestIsNamed() throws IOException {
    missingFileIsNamedAndOpensAgain("MANIFEST-.*");
  }

  @Test
  @EnabledIfSystemProperty(named = "distdb.test.storage", matches = "rocksdb")
  void aMissingCurrentFileIsNoReasonToBeginAnew() throws IOException {
    missingFileIsNamedAndOpensAgain("CURRENT");
  }

  @Test
  @EnabledIfSystemProperty(named = "distdb.test.storage", matches = "rocksdb")
  void aDamagedBlockIsNamedAndTheRestIsRead() throws IOException {
    filled();
    Path file = files("[0-9]+\\.sst").getFirst();
    flip(file, 0.4);
    try (Client client = open()) {
      refused(
          "XX001",
          file,
          catchThrowableOfType(
              DistDbException.class,
              () -> client.query("SELECT note FROM ledger").toList(row -> row.getString(0))));
      assertThat(client.query("SELECT count(*) FROM small").toList(row -> row.getLong(0)))
          .containsExactly(10L);
      assertThat(client.query("SELECT id FROM ledger WHERE id = 1").toList(row -> row.getLong(0)))
          .as("a row in another block")
          .containsExactly(1L);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "distdb.test.storage", matches = "rocksdb")
  void aDamagedManifestIsNamed() throws IOException {
    filled();
    Path file = files("MANIFEST-.*").getFirst();
    flip(file, 0.5);
    refusesToOpen("XX001", file);
  }

  @Test
  @EnabledIfSystemProperty(named = "distdb.test.storage", matches = "rocksdb")
  void theOtherEnginesDirectoryIsRefusedByBothNames() {
    filled();
    DistDbException refusal =
        catchThrowableOfType(
            DistDbException.class,
            () -> Client.open(Config.builder().directory(database()).storage("memory").build()));
    assertThat(refusal.getMessage()).contains("memory", "rocksdb");
    assertThat(refusal.hint()).isPresent();
    try (Client client = open()) {
      assertThat(client.query("SELECT count(*) FROM ledger").toList(row -> row.getLong(0)))
          .containsExactly((long) ROWS);
    }
  }

  @Test
  void aDirectoryOfSomethingElseIsRefusedAndLeftAlone() throws IOException {
    Files.createDirectories(database());
    Path file = Files.writeString(database().resolve("thesis.tex"), "not a database");
    refusesToOpen("F0001", file);
    assertThat(file).hasContent("not a database");
  }

  @Test
  @DisabledIfSystemProperty(named = "distdb.test.storage", matches = "rocksdb")
  void aDamagedSnapshotIsNamed() throws IOException {
    filled();
    Path file = files("snapshot-[0-9]+").getFirst();
    flip(file, 0.5);
    refusesToOpen("XX001", file);
  }

  @Test
  @EnabledIfSystemProperty(named = "distdb.test.storage", matches = "rocksdb")
  void aNativeLibraryThatDoesNotLoadNamesPlatformAndRemedy() {
    try (Victim victim =
        Victim.start(
            database(),
            new Ledger(),
            Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=/there/is/no/such/directory"))) {
      assertThat(victim.opened())
          .startsWith("! F0000")
          .contains("RocksDB's native library", System.getProperty("os.arch"))
          .contains("HINT: ", "java.io.tmpdir");
    }
  }
}
