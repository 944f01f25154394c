// SPDX-License-Identifier: MIT
package io.distdb.testcluster.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes the draws of a failing query fewer and smaller while it still fails. */
final class Shrinker {
  private static final int TRIES_MAX = 3_000;

  private final Predicate<List<Integer>> fails;
  private List<Integer> best;
  private int tries;

  private Shrinker(Predicate<List<Integer>> fails, List<Integer> failing) {
    this.fails = fails;
    best = failing;
  }

  static List<Integer> shrink(List<Integer> failing, Predicate<List<Integer>> fails) {
    Shrinker shrinker = new Shrinker(fails, failing);
    List<Integer> before;
    do {
      before = shrinker.best;
      for (int length = Math.max(1, before.size() / 2); length > 0; length /= 2) {
        shrinker.pass(length);
      }
      shrinker.lower();
    } while (!before.equals(shrinker.best) && shrinker.tries < TRIES_MAX);
    return shrinker.best;
  }

  private void pass(int length) {
    for (int from = best.size() - length; from >= 0; from -= length) {
      if (from + length > best.size()) {
        continue;
      }
      List<Integer> shorter = new ArrayList<>(best);
      shorter.subList(from, from + length).clear();
      List<Integer> zeroed = new ArrayList<>(best);
      zeroed.subList(from, from + length).replaceAll(number -> 0);
      if (!keep(shorter)) {
        keep(zeroed);
      }
    }
  }

  private void lower() {
    for (int i = 0; i < best.size(); i++) {
      for (int less = best.get(i) / 2; less > 0 && i < best.size(); less /= 2) {
        List<Integer> smaller = new ArrayList<>(best);
        smaller.set(i, best.get(i) - less);
        keep(smaller);
      }
    }
  }

  private boolean keep(List<Integer> candidate) {
    if (candidate.equals(best) || tries++ >= TRIES_MAX || !fails.test(candidate)) {
      return false;
    }
    best = List.copyOf(candidate);
    return true;
  }
}
