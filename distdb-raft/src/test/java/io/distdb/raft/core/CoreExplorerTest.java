// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import static io.distdb.raft.core.CoreExplorer.Choice.CHANGE;
import static io.distdb.raft.core.CoreExplorer.Choice.COMPACT;
import static io.distdb.raft.core.CoreExplorer.Choice.CRASH;
import static io.distdb.raft.core.CoreExplorer.Choice.DELAY;
import static io.distdb.raft.core.CoreExplorer.Choice.DUPLICATE;
import static io.distdb.raft.core.CoreExplorer.Choice.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.raft.core.CoreExplorer.Bounds;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code -Ddistdb.raft.explore=2000000} goes deeper: so many states for each of the bounds. */
final class CoreExplorerTest {
  private static final int STATES = 20_000;

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
    int states = Integer.getInteger("distdb.raft.explore", STATES);
    all.forEach((name, bounds) -> {
      CoreExplorer explorer = new CoreExplorer(bounds, () -> RaftCore::step);
      boolean whole = explorer.run(states);
      System.out.printf(
          "raft explorer: %s: %d states, %d transitions, depth %d%s%n",
          name, explorer.states(), explorer.transitions, explorer.depth, whole ? ", all" : "");
      assertThat(whole || explorer.states() >= states).isTrue();
      assertThat(explorer.depth).isGreaterThan(4);
    });
  }

  /** The explorer would see a bug: those that need few events are near. */
  @Test
  void plantedBugsAreReached() {
    List<String> near =
        List.of(
            "2 two votes in a term",
            "8 acknowledged before it is durable",
            "9 progress is not sorted",
            "19 a leader lacks what is committed");
    for (String name : near) {
      Bounds bounds = new Bounds(true, 3, 4, Map.of(DELAY, 1, CRASH, 1));
      CoreExplorer explorer = new CoreExplorer(bounds, Mutants.all().get(name));
      assertThatThrownBy(() -> explorer.run(2 * STATES))
          .as(name)
          .isInstanceOf(AssertionError.class);
    }
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
