// SPDX-License-Identifier: MIT
package io.distdb.testkit.storage;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * One thing to do to a store. A step holds small numbers and means something after any other steps,
 * so that a failing history can shrink. There are four index places: even ones hold a BTREE, odd
 * ones a HASH index, each under a new id whenever it was dropped.
 */
sealed interface StoreStep {
  /** Part of a batch. */
  sealed interface Write {
    /**
     * @param value negative for a deletion
     */
    record Row(int index, int key, int value) implements Write {}

    /**
     * @param value negative to remove it
     */
    record Side(int key, int value) implements Write {}

    record Drop(int index) implements Write {}
  }

  /**
   * @param jitter how far the timestamp lies behind the newest, unless its keys forbid it
   */
  record Apply(List<Write> writes, int jitter) implements StoreStep {}

  record Collect(int age) implements StoreStep {}

  record Open(int index, int from, int to, boolean backward, int age) implements StoreStep {}

  record Advance(int cursor, int entries) implements StoreStep {}

  record Compare(int age) implements StoreStep {}

  record Checkpoint() implements StoreStep {}

  /** Closes the engine, opens it again, and applies the log above the last checkpoint. */
  record Reopen() implements StoreStep {}

  /** Exports the store, restores it in a new engine, and goes on there. */
  record Move() implements StoreStep {}

  static Arbitrary<StoreStep> any() {
    Arbitrary<Integer> index = Arbitraries.integers().between(0, 3);
    Arbitrary<Integer> key = Arbitraries.integers().between(0, 11);
    Arbitrary<Integer> age = Arbitraries.integers().between(0, 12);
    Arbitrary<StoreStep> open =
        Combinators.combine(index, key, key, Arbitraries.of(false, true), age).as(Open::new);
    Arbitrary<StoreStep> advance =
        Combinators.combine(
                Arbitraries.integers().between(0, 5), Arbitraries.integers().between(1, 4))
            .as(Advance::new);
    return Arbitraries.frequencyOf(
        Tuple.of(12, apply()),
        Tuple.of(2, age.map(Collect::new)),
        Tuple.of(2, open),
        Tuple.of(2, advance),
        Tuple.of(1, age.map(Compare::new)),
        Tuple.of(2, Arbitraries.create(Checkpoint::new)),
        Tuple.of(1, Arbitraries.create(Reopen::new)),
        Tuple.of(1, Arbitraries.create(Move::new)));
  }

  private static Arbitrary<StoreStep> apply() {
    Arbitrary<Integer> index = Arbitraries.integers().between(0, 3);
    Arbitrary<Integer> key = Arbitraries.integers().between(0, 11);
    Arbitrary<Integer> value = Arbitraries.integers().between(-15, 40);
    Arbitrary<Write> write =
        Arbitraries.frequencyOf(
            Tuple.of(20, Combinators.combine(index, key, value).as(Write.Row::new)),
            Tuple.of(5, Combinators.combine(key, value).as(Write.Side::new)),
            Tuple.of(1, index.map(Write.Drop::new)));
    return Combinators.combine(
            write.list().ofMinSize(0).ofMaxSize(8), Arbitraries.integers().between(0, 6))
        .as(Apply::new);
  }
}
