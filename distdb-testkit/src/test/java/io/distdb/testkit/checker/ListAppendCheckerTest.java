// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.txn.IsolationLevel;
import io.distdb.testkit.checker.ListAppendTransaction.Append;
import io.distdb.testkit.checker.ListAppendTransaction.Read;
import io.distdb.testkit.checker.ListAppendTransaction.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ListAppendCheckerTest {
  private static final long X = 1;
  private static final long Y = 2;
  private static final int SEEDS = 20;

  private final List<ListAppendTransaction> history = new ArrayList<>();

  @Test
  void anEmptyHistoryIsSound() {
    assertThat(kinds()).isEmpty();
  }

  @Test
  void aSerialHistoryIsSound() {
    add(read(X), append(X, 1));
    add(read(X, 1), append(X, 2), append(Y, 1));
    add(read(X, 1, 2), read(Y, 1));
    assertThat(kinds()).isEmpty();
  }

  @Test
  void g0() {
    add(append(X, 1), append(Y, 1));
    add(append(X, 2), append(Y, 2));
    add(read(X, 1, 2), read(Y, 2, 1));
    assertThat(kinds()).contains(AnomalyKind.G0);
  }

  @Test
  void g1a() {
    add(Outcome.ABORTED, append(X, 1));
    add(read(X, 1));
    assertThat(kinds()).containsExactly(AnomalyKind.G1A);
  }

  @Test
  void g1b() {
    add(append(X, 1), append(X, 2));
    add(read(X, 1));
    add(read(X, 1, 2));
    assertThat(kinds()).contains(AnomalyKind.G1B);
  }

  @Test
  void g1c() {
    add(append(X, 1), read(Y, 1));
    add(append(Y, 1), read(X, 1));
    assertThat(kinds()).containsExactly(AnomalyKind.G1C);
  }

  @Test
  void gSingle() {
    add(append(X, 1), append(Y, 1));
    add(read(X, 1), read(Y));
    add(read(Y, 1));
    assertThat(kinds()).containsExactly(AnomalyKind.G_SINGLE);
  }

  @Test
  void anUnrepeatableReadIsGSingle() {
    add(append(X, 1));
    add(read(X), read(X, 1));
    assertThat(kinds()).containsExactly(AnomalyKind.G_SINGLE);
    assertThat(check(false).at(IsolationLevel.READ_COMMITTED).isSound()).isTrue();
    assertThat(check(false).at(IsolationLevel.REPEATABLE_READ).isSound()).isFalse();
  }

  @Test
  void g2ItemEvenWhenNobodyReadTheWrites() {
    add(read(X), append(Y, 1));
    add(read(Y), append(X, 1));
    assertThat(kinds()).containsExactly(AnomalyKind.G2_ITEM);
    assertThat(check(false).at(IsolationLevel.REPEATABLE_READ).isSound()).isTrue();
    assertThat(check(false).at(IsolationLevel.SERIALIZABLE).isSound()).isFalse();
  }

  @Test
  void lostUpdate() {
    add(append(X, 1));
    add(read(X, 1), append(X, 2));
    add(read(X, 1), append(X, 3));
    add(read(X, 1, 2, 3));
    assertThat(kinds()).contains(AnomalyKind.LOST_UPDATE, AnomalyKind.G_SINGLE);
  }

  @Test
  void rereadingBeforeTheAppendLosesNoUpdate() {
    add(append(X, 1));
    add(read(X, 1), append(X, 2));
    add(read(X, 1), read(X, 1, 2), append(X, 3));
    assertThat(kinds()).doesNotContain(AnomalyKind.LOST_UPDATE);
  }

  @Test
  void aWriteThatIsLostIsNotSound() {
    add(append(X, 1));
    add(append(X, 2));
    add(read(X, 1));
    add(read(X, 2));
    assertThat(kinds()).contains(AnomalyKind.INCOMPATIBLE_ORDER);
  }

  @Test
  void ownWritesAreSeenOnceMade() {
    add(append(X, 1), read(X));
    assertThat(kinds()).containsExactly(AnomalyKind.INTERNAL);
    history.clear();
    add(read(X, 1), append(X, 1));
    assertThat(kinds()).containsExactly(AnomalyKind.INTERNAL);
    history.clear();
    add(append(X, 1), read(X, 1), append(X, 2), read(X, 1, 2));
    assertThat(kinds()).isEmpty();
  }

  @Test
  void duplicatesAndGarbageAreFound() {
    add(append(X, 1));
    add(read(X, 1, 1));
    assertThat(kinds()).contains(AnomalyKind.DUPLICATE_ELEMENT);
    history.clear();
    add(read(X, 7));
    assertThat(kinds()).containsExactly(AnomalyKind.GARBAGE_READ);
  }

  @Test
  void theRecorderMustNotRepeatAValue() {
    add(append(X, 1));
    add(append(X, 1));
    assertThat(kinds()).contains(AnomalyKind.MALFORMED_HISTORY);
  }

  @Test
  void anUnknownOutcomeMayHaveHappenedOrNot() {
    add(Outcome.UNKNOWN, append(X, 1));
    add(Outcome.UNKNOWN, append(X, 2));
    add(read(X, 1));
    assertThat(kinds()).isEmpty();
    // Seen, so it happened, with all that follows from it.
    add(Outcome.UNKNOWN, append(X, 3), append(Y, 3));
    add(read(X, 1, 3), read(Y));
    add(read(Y, 3));
    assertThat(kinds()).containsExactly(AnomalyKind.G_SINGLE);
  }

  @Test
  void aStaleReadIsFoundByRealTimeOnly() {
    history.add(transaction(Outcome.COMMITTED, 0, 1, append(X, 1)));
    history.add(transaction(Outcome.COMMITTED, 2, 3, read(X)));
    assertThat(kinds()).isEmpty();
    assertThat(check(true).kinds()).containsExactly(AnomalyKind.REALTIME);
  }

  @Test
  void aReadThatOverlapsMayBeOrderedEitherWay() {
    history.add(transaction(Outcome.COMMITTED, 0, 2, append(X, 1)));
    history.add(transaction(Outcome.COMMITTED, 2, 3, read(X)));
    assertThat(check(true).kinds()).isEmpty();
  }

  @Test
  void theExplanationShowsTheCycle() {
    add(append(X, 1), append(Y, 1));
    add(read(X, 1), read(Y));
    assertThatThrownBy(() -> check(false).assertSound())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("T1 -rw-> T0 -wr-> T1");
  }

  @Test
  void soundStoresPassAndEachWeakerOneShowsItsAnomaly() {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertThat(stored(seed, ListStore.Isolation.STRICT_SERIALIZABLE)).isEmpty();
      // Read-only transactions under snapshot isolation also break strictness alone.
      assertThat(stored(seed, ListStore.Isolation.SNAPSHOT))
          .contains(AnomalyKind.G2_ITEM)
          .isSubsetOf(EnumSet.of(AnomalyKind.G2_ITEM, AnomalyKind.REALTIME));
      assertThat(stored(seed, ListStore.Isolation.SNAPSHOT_WITHOUT_CONFLICTS))
          .contains(AnomalyKind.LOST_UPDATE, AnomalyKind.G_SINGLE)
          .doesNotContain(AnomalyKind.G1C, AnomalyKind.G0);
      Set<AnomalyKind> readCommitted = stored(seed, ListStore.Isolation.READ_COMMITTED);
      assertThat(readCommitted).contains(AnomalyKind.G_SINGLE);
      assertThat(readCommitted)
          .noneMatch(kind -> kind.isForbiddenAt(IsolationLevel.READ_COMMITTED));
      assertThat(stored(seed, ListStore.Isolation.STALE))
          .contains(AnomalyKind.REALTIME)
          .isSubsetOf(EnumSet.of(AnomalyKind.REALTIME));
    }
  }

  @Test
  void aHundredThousandTransactionsTakeSeconds() {
    List<ListAppendTransaction> large =
        ListStore.history(1, ListStore.Isolation.STRICT_SERIALIZABLE, 100_000);
    CheckResult result =
        Assertions.assertTimeout(
            Duration.ofSeconds(30), () -> new ListAppendChecker(true).check(large));
    result.assertSound();
  }

  @Test
  void aLargeHistoryFullOfCyclesIsJudgedToo() {
    List<ListAppendTransaction> large =
        ListStore.history(1, ListStore.Isolation.READ_COMMITTED, 100_000);
    CheckResult result =
        Assertions.assertTimeout(
            Duration.ofSeconds(30), () -> new ListAppendChecker(true).check(large));
    assertThat(result.kinds()).contains(AnomalyKind.G_SINGLE).doesNotContain(AnomalyKind.UNDECIDED);
  }

  private static Set<AnomalyKind> stored(long seed, ListStore.Isolation isolation) {
    return new ListAppendChecker(true).check(ListStore.history(seed, isolation, 2_000)).kinds();
  }

  private Set<AnomalyKind> kinds() {
    return check(false).kinds();
  }

  private CheckResult check(boolean realTime) {
    return new ListAppendChecker(realTime).check(history);
  }

  private void add(Step... steps) {
    add(Outcome.COMMITTED, steps);
  }

  private void add(Outcome outcome, Step... steps) {
    history.add(transaction(outcome, 0, 1, steps));
  }

  private static ListAppendTransaction transaction(
      Outcome outcome, long invokedAt, long returnedAt, Step... steps) {
    return new ListAppendTransaction(0, List.of(steps), outcome, invokedAt, returnedAt);
  }

  private static Step append(long key, long value) {
    return new Append(key, value);
  }

  private static Step read(long key, long... values) {
    List<Long> boxed = new ArrayList<>();
    for (long value : values) {
      boxed.add(value);
    }
    return new Read(key, boxed);
  }
}
