// SPDX-License-Identifier: MIT
package io.distdb.testcluster.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The numbers a generator draws: from a seed, or given ones again. Draws past the given ones are 0,
 * and generators put what is simplest at 0, so that a shorter or smaller list gives a simpler
 * query. So the list can be shrunk instead of the query (MacIver and Donaldson, "Test-Case
 * Reduction via Test-Case Generation", ECOOP 2020).
 */
final class Choices {
  private final SplittableRandom random;
  private final List<Integer> given;
  private final List<Integer> drawn = new ArrayList<>();

  private Choices(SplittableRandom random, List<Integer> given) {
    this.random = random;
    this.given = given;
  }

  static Choices of(long seed) {
    return new Choices(new SplittableRandom(seed), null);
  }

  static Choices again(List<Integer> given) {
    return new Choices(null, given);
  }

  /** From 0 to {@code bound} - 1. */
  int below(int bound) {
    int number =
        given == null
            ? random.nextInt(bound)
            : drawn.size() < given.size() ? given.get(drawn.size()) % bound : 0;
    drawn.add(number);
    return number;
  }

  /** True {@code percent} times of a hundred; a 0 is false. */
  boolean chance(int percent) {
    return below(100) >= 100 - percent;
  }

  <T> T of(List<T> options) {
    return options.get(below(options.size()));
  }

  List<Integer> drawn() {
    return List.copyOf(drawn);
  }
}
