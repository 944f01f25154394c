// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import static io.distdb.raft.core.CoreExplorer.Choice.CHANGE;
import static io.distdb.raft.core.CoreExplorer.Choice.COMPACT;
import static io.distdb.raft.core.CoreExplorer.Choice.CRASH;
import static io.distdb.raft.core.CoreExplorer.Choice.DELAY;
import static io.distdb.raft.core.CoreExplorer.Choice.DUPLICATE;
import static io.distdb.raft.core.CoreExplorer.Choice.READ;
import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.raft.core.CoreExplorer.Bounds;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code -Ddistdb.raft.explore.seconds=600 -Ddistdb.raft.explore.states=20000000} goes deeper. */
final class CoreExplorerTest {
  private static final int SECONDS = 8;
  private static final int STATES = 60_000;

  @Test
  void noReachableStateBreaksAnInvariant() {
    TreeMap<String, Bounds> all = new TreeMap<>();
    all.put("1 elections", new Bounds(false, 3, 2, Map.of()));
    all.put("2 elections, slow disks", new Bounds(false, 2, 2, Map.of(DELAY, 2, CRASH, 1)));
    all.put("3 entries", new Bounds(true, 3, 4, Map.of()));
    all.put("4 entries, slow disks", new Bounds(true, 2, 3, Map.of(DELAY, 2, CRASH, 1)));
    all.put("5 a member goes", new Bounds(true, 2, 4, Map.of(CHANGE, 1)));
    all.put("6 reads", new Bounds(true, 3, 3, Map.of(READ, 2)));
    all.put("7 snapshots", new Bounds(true, 2, 3, Map.of(COMPACT, 1, CRASH, 1)));
    all.put("8 messages twice", new Bounds(true, 2, 3, Map.of(DUPLICATE, 2)));
    int seconds = Integer.getInteger("distdb.raft.explore.seconds", SECONDS);
    int states = Integer.getInteger("distdb.raft.explore.states", STATES);
    long each = TimeUnit.SECONDS.toNanos(seconds) / all.size();
    all.forEach((name, bounds) -> {
      CoreExplorer explorer = new CoreExplorer(bounds, () -> RaftCore::step);
      boolean whole = explorer.run(states, each);
      System.out.printf(
          "raft explorer: %s: %d states, %d transitions, depth %d%s%n",
          name, explorer.states(), explorer.transitions, explorer.depth, whole ? ", all" : "");
      assertThat(explorer.depth).isGreaterThan(5);
    });
  }

  /** A field that the digest does not know would make different states look the same. */
  @Test
  void digestKnowsEveryFieldOfTheState() {
    assertThat(
            Arrays.stream(RaftState.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(Field::getName))
        .containsExactlyInAnyOrderElementsOf(
            CoreDigest.FIELDS.stream().flatMap(line -> Arrays.stream(line.split(" "))).toList());
  }
}
