// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Clock;
import io.distdb.node.config.Config;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose clock is off does not come in before it is right. */
final class ClockAtTheDoorTest {
  @TempDir private Path directory;
  private final AtomicLong skewMicros = new AtomicLong(TimeUnit.HOURS.toMicros(1));
  private NodesOfACluster nodes;
  private NodeLog log;

  @BeforeEach
  void begin() {
    nodes = new NodesOfACluster(directory);
    log = new NodeLog();
  }

  @AfterEach
  void end() {
    nodes.close();
    log.close();
  }

  private final class SkewedClock implements Clock {
    @Override
    public long wallMicros() {
      return Clock.system().wallMicros() + skewMicros.get();
    }

    @Override
    public long nanoTime() {
      return Clock.system().nanoTime();
    }
  }

  private Surroundings skewed(Config config) {
    Surroundings here = Surroundings.system(config);
    return new Surroundings(
        new SkewedClock(),
        here.scheduler(),
        here.disk(),
        here.journal(),
        here.holder(),
        here.progress(),
        here.places());
  }

  @Test
  void aNewNodeWhoseClockIsAnHourOffWaitsUntilItIsRight() {
    nodes.start(nodes.config("a", "a"));
    nodes.awaitServing("a");
    Config newcomer = nodes.config("b", "a", "b");
    nodes.start(newcomer, skewed(newcomer));
    nodes.execute("a", "SELECT distdb.cluster_add('b', '" + nodes.address("b") + "')");
    String why = "the clock of node b is 3";
    assertThat(nodes.awaitWaiting("b", why))
        .contains("node a says: " + why, "s ahead of that of node a", "limit is 0.500 s");
    assertThat(log.warnings()).anyMatch(line -> line.startsWith("node b asks to come in: " + why));
    assertThat(nodes.execute("a", "SELECT 1")).containsExactly("1");
    skewMicros.set(0);
    nodes.awaitServing("b");
    assertThat(log.lines()).contains("node b was let in");
  }
}
