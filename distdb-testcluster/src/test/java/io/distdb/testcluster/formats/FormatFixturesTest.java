// SPDX-License-Identifier: MIT
package io.distdb.testcluster.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Clock;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import io.distdb.node.inspect.DirectoryReport;
import io.distdb.node.inspect.DirectorySurvey;
import io.distdb.node.inspect.IndexName;
import io.distdb.node.inspect.InspectSurroundings;
import io.distdb.storage.memory.disk.FileDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Directories that released versions wrote are kept in {@code src/test/resources/formats}: each was
 * made by the version itself, with a snapshot, commits behind it, and a second life. The newest
 * opens each, finds every row, and goes on. The README beside them says how they were made.
 */
final class FormatFixturesTest {
  @TempDir private Path directory;

  private Path unpacked(String name) throws IOException {
    Path target = directory.resolve(name);
    try (InputStream resource = getClass().getResourceAsStream("/formats/" + name + ".zip");
        ZipInputStream zip = new ZipInputStream(resource)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = target.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(zip, file);
        }
      }
    }
    return target;
  }

  private static Client open(Path data, String engine) {
    return Client.open(Config.builder().directory(data).storage(engine).build());
  }

  private static DirectoryReport inspect(Path data) {
    return DirectorySurvey.inspect(
        FileDisk.readOnly(data, Clock.system()),
        InspectSurroundings.system(Journal.Progress.SILENT),
        true);
  }

  @ParameterizedTest
  @CsvSource({
    "format1-catalog1-memory, memory, 1",
    "format1-catalog2-memory, memory, 1",
    "format2-catalog2-memory, memory, 2",
    "format2-catalog3-memory, memory, 2",
    "format2-catalog3-rocksdb, rocksdb, 2"
  })
  void everyRowIsThereBeforeAndAfterAnUpgrade(String name, String engine, int format)
      throws IOException {
    Path data = unpacked(name);
    DirectoryReport report = inspect(data);
    assertThat(report.damages()).isEmpty();
    assertThat(report.format()).contains(format);
    assertThat(report.engine()).isEqualTo(engine);
    assertThat(report.names().values())
        .contains(
            new IndexName("postgres", "public", "account", Optional.empty()),
            new IndexName("postgres", "public", "account", Optional.of("account_hash")));
    try (Client client = open(data, engine)) {
      requireRows(client);
      client.execute("ALTER TABLE note ADD COLUMN more TEXT DEFAULT 'm'");
      client.execute("INSERT INTO note VALUES ('c', 1, 'new', 'n')");
      client.checkpoint();
      client.execute("UPDATE note SET more = 'o' WHERE name = 'c'");
    }
    try (Client client = open(data, engine)) {
      requireRows(client);
      assertThat(strings(client, "SELECT more FROM note ORDER BY name, line"))
          .containsExactly("m", "m", "m", "o");
    }
    assertThat(inspect(data).damages()).isEmpty();
  }

  /** What {@code Make} of the README wrote. */
  private static void requireRows(Client client) {
    assertThat(
            strings(
                client,
                "SELECT id || ' ' || owner || ' ' || coalesce(balance::text, '-') || ' ' || rate"
                    + " || ' ' || open FROM account ORDER BY id"))
        .containsExactlyElementsOf(accounts());
    assertThat(strings(client, "SELECT id::text FROM account WHERE balance = 100003"))
        .containsExactly("3");
    assertThat(
            strings(
                client, "SELECT id::text FROM account WHERE owner = 'owner 5 of the old house'"))
        .hasSize(18);
    assertThat(strings(client, "SELECT content FROM note WHERE name = 'b'")).containsExactly("süß");
    assertThat(strings(client, "SELECT line::text FROM note WHERE content IS NULL"))
        .containsExactly("2");
    assertThatThrownBy(
            () -> client.execute("INSERT INTO account VALUES (900, 'x', 100003, 0, true)"))
        .isInstanceOfSatisfying(
            DistDbException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNIQUE_VIOLATION));
  }

  private static List<String> accounts() {
    return IntStream.range(0, 300)
        .filter(id -> id != 2)
        .mapToObj(id ->
            id
                + " owner "
                + id % 17
                + " of the old house "
                + (id == 1 || id == 3
                    ? String.valueOf(100_000 + id)
                    : id % 50 == 7 ? "-" : String.valueOf(id * 10))
                + " "
                + (id % 4 == 0 ? String.valueOf(id / 4) : String.valueOf(id / 4.0))
                + " "
                + (id % 3 != 0))
        .toList();
  }

  private static List<String> strings(Client client, String sql) {
    return client.query(sql).toList(row -> row.getString(0));
  }
}
