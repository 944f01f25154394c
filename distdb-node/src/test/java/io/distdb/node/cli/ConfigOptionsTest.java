// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings as the command line takes them: from a file, and from its own options. */
final class ConfigOptionsTest {
  @TempDir private Path directory;

  private String file(String content) throws IOException {
    return Files.writeString(directory.resolve("distdb.yaml"), content).toString();
  }

  @Test
  void theShellReadsAFile() throws IOException {
    Path data = directory.resolve("db");
    String file = file("data_dir: " + data + "\nisolation: serializable\nquery_memory: 2MiB\n");
    Answer answer =
        Answer.to("sql", "--config", file, "-A", "-t", "-c", "SHOW default_transaction_isolation");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out()).isEqualTo("serializable\n");
    assertThat(data.resolve("FORMAT")).exists();
  }

  @Test
  void optionsOverrideTheFile() throws IOException {
    String file = file("data_dir: " + directory.resolve("db") + "\n");
    Path other = directory.resolve("other");
    assertThat(
            Answer.to("sql", "--config", file, "--data", other.toString(), "-c", "SELECT 1").code())
        .isZero();
    assertThat(other.resolve("FORMAT")).exists();
    assertThat(Answer.to("sql", "--config", file, "--memory", "-c", "SELECT 1").code()).isZero();
    assertThat(directory.resolve("db")).doesNotExist();
  }

  @Test
  void theStorageEngineIsNamed() {
    String data = directory.resolve("db").toString();
    assertThat(Answer.to("sql", "--data", data, "--storage", "lent", "-c", "SELECT 1").code())
        .isZero();
    Answer other = Answer.to("sql", "--data", data, "-c", "SELECT 1");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err()).contains("\"lent\"", "\"memory\"", "SQLSTATE:  F0001");
    Answer absent = Answer.to("sql", "--storage", "tape", "-c", "SELECT 1");
    assertThat(absent.code()).isEqualTo(1);
    assertThat(absent.err())
        .contains("storage: tape (command line)", "which has lent, memory", "SQLSTATE:  F0000");
  }

  @Test
  void aFileThatIsMissingOrWrongIsReported() throws IOException {
    Answer missing = Answer.to("sql", "--config", directory.resolve("no.yaml").toString());
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("no.yaml", "SQLSTATE:  58P01");
    Answer wrong =
        Answer.to("sql", "--config", file("durabilty: sync\nport: 0\n"), "-c", "SELECT 1");
    assertThat(wrong.err()).contains("2 wrong settings", "did you mean durability?", "port: 0");
  }

  @Test
  void whatAClusterLacksIsRefusedByName() throws IOException {
    String nodes = "cluster_nodes: node-1@a:5000, node-2@b:5000\n";
    String data = "data_dir: " + directory.resolve("data") + "\n";
    assertRefused(nodes, "data_dir", "F0000");
    assertRefused(nodes + data + "durability: interval\n", "durability is interval", "F0000");
    assertRefused(nodes + data + "replication_factor: 1\n", "replication_factor is 1", "0A000");
    String archive = "archive_dir: " + directory.resolve("archive") + "\n";
    assertRefused(nodes + data + archive, "archive_dir", "0A000");
    assertRefused("shards: 8\n", "shards is 8", "0A000");
  }

  private void assertRefused(String settings, String what, String state) throws IOException {
    Answer answer = Answer.to("sql", "--config", file(settings), "-c", "SELECT 1");
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).contains(what, "SQLSTATE:  " + state);
  }

  @Test
  void aNodeIsCheckedAndNotRun() throws IOException {
    String file = file("sql_port: 6000\nnode_id: berlin-1\n");
    Answer checked = Answer.to("node", "--check", "--config", file);
    assertThat(checked.out()).isEqualTo("The settings of berlin-1 are good.\n");
    assertThat(checked.code()).isZero();
    Answer started = Answer.to("node", "--config", file);
    assertThat(started.code()).isEqualTo(1);
    assertThat(started.err()).contains("./distdb start runs the node", "SQLSTATE:  22023");
    assertThat(Answer.to("node", "--check", "--config", file("http_port: x\n")).err())
        .contains("http_port: x (line 1 of ");
  }
}
