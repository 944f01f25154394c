// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.client.Client;
import io.distdb.node.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is done with the directories of a cluster's nodes besides starting them. */
final class DirectoriesOfMembersTest {
  private static final String STATES =
      "SELECT node || ' ' || state FROM distdb.cluster_members ORDER BY node";
  private static final String TOTAL = "SELECT sum(amount)::text FROM account";

  @TempDir private Path directory;
  private NodesOfACluster nodes;

  /** What a command said, to either stream. */
  private final StringWriter said = new StringWriter();

  @BeforeEach
  void begin() {
    nodes = new NodesOfACluster(directory);
  }

  @AfterEach
  void end() {
    nodes.close();
  }

  private int run(Object... words) {
    said.getBuffer().setLength(0);
    PrintWriter out = new PrintWriter(said, true);
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(out)
        .execute(List.of(words).stream().map(String::valueOf).toArray(String[]::new));
  }

  private Path place(String name) {
    return directory.resolve(name);
  }

  private void beginTwo() {
    nodes.start(nodes.config("a", "a", "b"));
    nodes.start(nodes.config("b", "a", "b"));
    nodes.awaitServing("a");
    nodes.awaitServing("b");
    nodes.execute(
        "b",
        "CREATE TABLE account (id INTEGER PRIMARY KEY, amount INTEGER)",
        "INSERT INTO account SELECT i, 100 FROM generate_series(1, 100) AS g (i)");
  }

  @Test
  void backupsOfLeaderAndFollowerAreOfOneMoment() throws Exception {
    beginTwo();
    AtomicBoolean over = new AtomicBoolean();
    Thread transfers =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; !over.get(); i++) {
                nodes.execute(
                    "a",
                    "UPDATE account SET amount = amount + CASE id WHEN %d THEN 1 ELSE -1 END WHERE id IN (%d, %d)"
                        .formatted(1 + i % 50, 1 + i % 50, 51 + i % 50));
              }
            });
    try {
      for (String node : List.of("a", "b")) {
        nodes.execute(node, "BACKUP TO '" + place("backup-" + node) + "'");
      }
    } finally {
      over.set(true);
      transfers.join();
    }
    for (String node : List.of("a", "b")) {
      Path again = place("again-" + node);
      assertThat(run("restore", "--from", place("backup-" + node), "--data", again))
          .as("%s", said)
          .isZero();
      try (Client client = Client.open(again)) {
        assertThat(client.query(TOTAL).toList(row -> row.getString(0))).containsExactly("10000");
      }
    }
    assertThatThrownBy(() ->
            nodes.execute(
                "b",
                "BACKUP TO '%s' INCREMENTAL FROM '%s'".formatted(place("more"), place("backup-b"))))
        .isInstanceOfSatisfying(
            DistDbException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED))
        .hasMessageContaining("an incremental backup of a member of a cluster");
    assertThat(Files.exists(place("more"))).isFalse();

    nodes.close();
    NodesOfACluster others = new NodesOfACluster(directory);
    nodes = others;
    others.start(others.config("again-b", "again-b"));
    others.awaitServing("again-b");
    assertThat(others.execute("again-b", TOTAL)).containsExactly("10000");
    others.awaitAnswer("again-b", STATES, List.of("again-b voter"));
  }

  @Test
  void aDirectoryTellsWhoseItIsAndIsNotRepairedByItself() {
    beginTwo();
    String leader = nodes.leader();
    nodes.execute(
        "a", "SELECT distdb.cluster_transfer('" + (leader.equals("a") ? "b" : "a") + "')");
    nodes.execute("a", "INSERT INTO account VALUES (1000, 0)");
    nodes.close();

    assertThat(run("inspect", "--verify", "--data", place("b"))).as("%s", said).isZero();
    assertThat(said.toString())
        .contains(
            "Node             b\n", "Cluster          a-", "Voters           a, b, as of index")
        .contains("every checksum is right");
    assertThat(run("inspect", "--json", "--data", place("a"))).isZero();
    assertThat(said.toString()).contains("\"node\" : \"a\"", "\"voters\" : [ \"a\", \"b\" ]");

    assertThat(run("repair", "--dry-run", "--data", place("b"))).isZero();
    assertThat(said.toString()).contains("Nothing is damaged", "that of a member of a cluster");
    assertThat(run("repair", "--to", place("saved"), "--data", place("b"))).isEqualTo(2);
    assertThat(said.toString()).contains("is that of node b of cluster a-", "SQLSTATE:  55000");
    assertThat(Files.exists(place("saved"))).isFalse();

    assertThat(run("backup", "--data", place("b"), "--to", place("backup"))).isEqualTo(1);
    assertThat(said.toString()).contains("is that of a member of cluster a-", "run BACKUP TO");
  }

  @Test
  void aSurvivorGoesOnAlone() {
    beginTwo();
    assertThat(run("cluster", "recover", "--data", place("a"))).isEqualTo(1);
    assertThat(said.toString()).contains("is in use by");
    nodes.kill("b");
    nodes.kill("a");
    nodes.wipe("b");

    assertThat(run("cluster", "recover", "--data", place("a"))).isEqualTo(1);
    assertThat(said.toString()).contains("Voters: a, b.", "Nothing was changed");
    assertThat(run("cluster", "recover", "--data", place("a"), "--yes-i-lose-data"))
        .as("%s", said)
        .isZero();
    assertThat(said.toString()).contains("It is the only node of cluster a-");
    assertThat(run("cluster", "recover", "--data", place("a"), "--yes-i-lose-data")).isEqualTo(1);
    assertThat(said.toString()).contains("node a is the only voter of its cluster");
    assertThat(run("inspect", "--data", place("a"))).as("%s", said).isZero();
    assertThat(said.toString())
        .contains("Voters           a, as of index", "Recovered        ", "voters were a, b; by ");

    nodes.start(nodes.config("a", "a"));
    nodes.awaitServing("a");
    nodes.execute("a", "INSERT INTO account VALUES (1000, 1)");
    assertThat(nodes.execute("a", TOTAL)).containsExactly("10001");
    nodes.awaitAnswer("a", STATES, List.of("a voter"));
    nodes.start(nodes.config("b", "a", "b"));
    nodes.execute("a", "SELECT distdb.cluster_add('b', '" + nodes.address("b") + "')");
    nodes.awaitServing("b");
    assertThat(nodes.execute("b", TOTAL)).containsExactly("10001");
  }
}
