// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Whether a history is linearizable, key by key (linearizability is local, so each key may be
 * judged alone).
 *
 * <p>Source: Wing and Gong, "Testing and verifying concurrent objects", 1993; Lowe, "Testing for
 * linearizability", 2017 (memoised states, linked list of events); Herlihy and Wing, 1990
 * (locality).
 *
 * @param <I> what is asked
 * @param <O> what is answered
 */
public final class LinearizabilityChecker<I, O> {
  private static final long STATES_MAX = 1_000_000;

  private final SequentialModel<?, I, O> model;
  private final long statesMax;

  public LinearizabilityChecker(SequentialModel<?, I, O> model) {
    this(model, STATES_MAX);
  }

  /**
   * @param statesMax configurations to look at for one key before the search is given up
   */
  public LinearizabilityChecker(SequentialModel<?, I, O> model, long statesMax) {
    this.model = Objects.requireNonNull(model, "model");
    this.statesMax = statesMax;
  }

  /** Judges the whole history as one object. */
  public CheckResult check(List<Operation<I, O>> history) {
    return check(history, operation -> "");
  }

  /** Judges the operations of each key as an object of their own. */
  public <K extends Comparable<K>> CheckResult check(
      List<Operation<I, O>> history, Function<Operation<I, O>, K> keyOf) {
    Map<K, List<Operation<I, O>>> byKey = new TreeMap<>();
    for (Operation<I, O> operation : history) {
      byKey.computeIfAbsent(keyOf.apply(operation), absent -> new ArrayList<>()).add(operation);
    }
    CheckResult.Builder result = new CheckResult.Builder();
    byKey.forEach((key, operations) -> checkKey(model, key, operations, result));
    return result.build();
  }

  private <S, K> void checkKey(
      SequentialModel<S, I, O> typed,
      K key,
      List<Operation<I, O>> operations,
      CheckResult.Builder result) {
    LinearizationSearch<S, I, O> search = new LinearizationSearch<>(typed, operations, statesMax);
    switch (search.run()) {
      case FOUND -> {}
      case NONE ->
          result.add(
              AnomalyKind.NOT_LINEARIZABLE,
              "key \"%s\": no order explains %d operations; the longest explains %d of them, then"
                  + " none of these fits: %s",
              key,
              operations.size(),
              search.bestDepth(),
              search.blockedAtBest());
      case GIVEN_UP ->
          result.add(
              AnomalyKind.UNDECIDED,
              "key \"%s\": gave up after %d states; use shorter histories or more keys",
              key,
              statesMax);
    }
  }
}
