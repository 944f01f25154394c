// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./distdb inspect} and {@code ./distdb repair}: what they print, and their exit codes. */
final class InspectCommandTest {
  @TempDir private Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path data;

  @BeforeEach
  void fill() {
    data = home.resolve("data");
    try (Client client = Client.open(data)) {
      client.execute("CREATE TABLE item (id BIGINT PRIMARY KEY, name TEXT)");
      client.execute("CREATE INDEX item_name ON item (name)");
      client.execute("INSERT INTO item VALUES (1, 'one'), (2, 'two')");
      client.checkpoint();
      client.execute("INSERT INTO item VALUES (3, 'three')");
    }
  }

  private int run(Object... arguments) {
    String[] texts = Stream.of(arguments).map(String::valueOf).toArray(String[]::new);
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return new CommandLine(new Main())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(texts);
  }

  private void flip(Path file, long at) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at);
      int old = open.read();
      open.seek(at);
      open.write(old ^ 16);
    }
  }

  @Test
  void aSoundDirectoryIsDescribed() {
    assertThat(run("inspect", "--data", data)).isZero();
    assertThat(out.toString())
        .contains(
            "Storage engine   memory",
            "0000000000000001.segment",
            "rows of postgres.public.item",
            "index item_name of postgres.public.item",
            "every checksum is right");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void jsonHasTheSame() throws IOException {
    assertThat(run("inspect", "--data", data, "--json")).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("engine").asText()).isEqualTo("memory");
    assertThat(json.get("sound").asBoolean()).isTrue();
    assertThat(json.get("journal").get("segments").get(0).get("records").asLong()).isPositive();
    assertThat(json.get("contents").get(0).findValuesAsText("table")).contains("item");
    assertThat(json.get("damages")).isEmpty();
  }

  @Test
  void damageIsOneAndAPlaceWithoutADatabaseIsTwo() throws IOException {
    flip(data.resolve("snapshots/shard-0/snapshot-0000000001"), 300);
    assertThat(run("inspect", "--data", data)).isEqualTo(1);
    assertThat(out.toString()).contains("block: ", "snapshot-0000000001 at byte ");
    assertThat(run("inspect", "--data", data, "--json")).isEqualTo(1);
    assertThat(
            new ObjectMapper().readTree(out.toString()).get("damages").get(0).get("kind").asText())
        .isEqualTo("block");
    assertThat(run("inspect", "--data", home.resolve("nothing"))).isEqualTo(2);
    assertThat(err.toString()).contains("there is no data directory");
    assertThat(run("inspect")).isEqualTo(2);
    Files.writeString(Files.createDirectory(home.resolve("other")).resolve("a"), "b");
    assertThat(run("inspect", "--data", home.resolve("other"))).isEqualTo(2);
  }

  @Test
  void aJournalOfItsOwnIsFound() throws IOException {
    Path apart = home.resolve("apart");
    Path wal = home.resolve("wal");
    Config config = Config.builder().directory(apart).walDirectory(wal).build();
    try (Client client = Client.open(config)) {
      client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
    }
    assertThat(run("inspect", "--data", apart)).isZero();
    assertThat(out.toString()).contains("Journal in       " + wal, "rows of postgres.public.t");
    Path saved = home.resolve("saved");
    assertThat(run("repair", "--data", apart, "--to", saved)).isZero();
    try (Client client = Client.open(saved)) {
      client.execute("INSERT INTO t VALUES (1)");
    }
    flip(wal.resolve("JOURNAL"), 3);
    assertThat(run("inspect", "--data", apart)).isEqualTo(1);
    assertThat(out.toString()).contains(wal + "/JOURNAL");
  }

  @Test
  void repairSaysWhatIsLostAndSavesTheRest() throws IOException {
    assertThat(run("repair", "--data", data, "--dry-run")).isZero();
    assertThat(out.toString()).contains("Nothing is damaged");
    flip(data.resolve("snapshots/shard-0/snapshot-0000000001"), 300);
    assertThat(run("repair", "--data", data, "--dry-run")).isEqualTo(1);
    assertThat(out.toString())
        .contains(
            "Nothing is lost", "A repair begins with nothing, then applies the log from index 1");
    Path saved = home.resolve("saved");
    assertThat(run("repair", "--data", data, "--to", saved)).isEqualTo(1);
    assertThat(out.toString()).containsPattern("postgres.public.item +\\| 3");
    try (Client client = Client.open(saved)) {
      assertThat(client.query("SELECT name FROM item ORDER BY id").toList(row -> row.getString(0)))
          .containsExactly("one", "two", "three");
    }
    assertThat(run("repair", "--data", data, "--to", saved)).isEqualTo(2);
    assertThat(err.toString()).contains("holds a database");
    assertThat(run("repair", "--data", data)).isEqualTo(2);
  }

  @Test
  void aDirectoryInUseIsInspectedAndNotRepaired() {
    try (Client client = Client.open(data)) {
      assertThat(run("inspect", "--data", data)).isZero();
      assertThat(out.toString()).contains("In use           by ");
      assertThat(run("repair", "--data", data, "--dry-run")).isEqualTo(2);
      assertThat(err.toString()).contains("is in use by");
      client.execute("INSERT INTO item VALUES (4, 'four')");
    }
  }

  @Test
  void aBackupIsCheckedToItsLastByte() throws IOException {
    Path backup = home.resolve("backup");
    try (Client client = Client.open(data)) {
      client.execute("BACKUP TO '" + backup + "'");
    }
    assertThat(run("inspect", "--backup", backup)).isZero();
    assertThat(out.toString()).contains("Kind             full", "shard-0.snapshot");
    assertThat(run("inspect", "--backup", backup, "--json")).isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).get("files")).hasSize(1);
    flip(backup.resolve("shard-0.snapshot"), 200);
    assertThat(run("inspect", "--backup", backup)).isEqualTo(1);
    assertThat(out.toString()).contains("shard-0.snapshot at byte ");
    Files.delete(backup.resolve("shard-0.snapshot"));
    assertThat(run("inspect", "--backup", backup)).isEqualTo(1);
    assertThat(out.toString()).contains("missing file: ");
    Files.delete(backup.resolve("BACKUP"));
    assertThat(run("inspect", "--backup", backup)).isEqualTo(2);
  }
}
