// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SimpleCheckersTest {
  @Nested
  class BankTest {
    private final BankChecker checker = new BankChecker(100, false);

    @Test
    void aConstantTotalIsSound() {
      assertThat(kinds(Map.of(1L, 60L, 2L, 40L))).isEmpty();
      assertThat(kinds(Map.of(1L, 100L, 2L, 0L))).isEmpty();
    }

    @Test
    void lostMoneyIsFound() {
      assertThat(kinds(Map.of(1L, 60L, 2L, 30L))).containsExactly(AnomalyKind.WRONG_TOTAL);
      assertThat(kinds(Map.of(1L, 100L, 2L, 1L))).containsExactly(AnomalyKind.WRONG_TOTAL);
    }

    @Test
    void anOverdraftIsFoundUnlessAllowed() {
      Map<Long, Long> overdrawn = Map.of(1L, 110L, 2L, -10L);
      assertThat(kinds(overdrawn)).containsExactly(AnomalyKind.WRONG_TOTAL);
      assertThat(
              new BankChecker(100, true)
                  .check(List.of(new BankChecker.Snapshot("s", overdrawn)))
                  .isSound())
          .isTrue();
    }

    private Iterable<AnomalyKind> kinds(Map<Long, Long> balances) {
      return checker.check(List.of(new BankChecker.Snapshot("s", balances))).kinds();
    }
  }

  @Nested
  class SetTest {
    private final List<SetChecker.Add> adds =
        List.of(
            new SetChecker.Add(1, Outcome.COMMITTED, 0, 1),
            new SetChecker.Add(2, Outcome.COMMITTED, 5, 20),
            new SetChecker.Add(3, Outcome.UNKNOWN, 5, 6),
            new SetChecker.Add(4, Outcome.ABORTED, 5, 6));

    @Test
    void soundReads() {
      assertThat(kinds(read(10, 1), read(12, 1, 2), read(30, 1, 2), read(40, 1, 2, 3))).isEmpty();
    }

    @Test
    void anAcknowledgedValueIsNotLost() {
      assertThat(kinds(read(30, 2))).containsExactly(AnomalyKind.LOST);
      assertThat(kinds(read(10, 1))).isEmpty();
    }

    @Test
    void aSeenValueStays() {
      assertThat(kinds(read(10, 1, 3), read(20, 1))).containsExactly(AnomalyKind.VANISHED);
    }

    @Test
    void nothingComesFromNowhere() {
      assertThat(kinds(read(10, 1, 9))).containsExactly(AnomalyKind.PHANTOM);
      assertThat(kinds(read(10, 1, 4))).containsExactly(AnomalyKind.PHANTOM);
      assertThat(kinds(read(2, 1, 2))).containsExactly(AnomalyKind.PHANTOM);
    }

    @Test
    void nothingComesTwice() {
      assertThat(kinds(read(10, 1, 1))).containsExactly(AnomalyKind.DUPLICATE_ELEMENT);
    }

    private Iterable<AnomalyKind> kinds(SetChecker.Read... reads) {
      return new SetChecker().check(adds, List.of(reads)).kinds();
    }

    private static SetChecker.Read read(long at, long... values) {
      return new SetChecker.Read(LongStream.of(values).boxed().toList(), at, at + 1);
    }
  }

  @Nested
  class MonotonicTest {
    @Test
    void growthIsSoundAndConcurrentReadsMayDiffer() {
      assertThat(kinds(true, read(1, 5, 0, 10), read(2, 4, 0, 10), read(1, 6, 11, 12))).isEmpty();
    }

    @Test
    void goingBackIsFound() {
      assertThat(kinds(true, read(1, 5, 0, 1), read(2, 4, 2, 3)))
          .containsExactly(AnomalyKind.NOT_MONOTONIC);
    }

    @Test
    void perProcessOnlyTheSameProcessCounts() {
      assertThat(kinds(false, read(1, 5, 0, 1), read(2, 4, 2, 3))).isEmpty();
      assertThat(kinds(false, read(1, 5, 0, 1), read(1, 4, 2, 3)))
          .containsExactly(AnomalyKind.NOT_MONOTONIC);
    }

    private Iterable<AnomalyKind> kinds(boolean across, MonotonicChecker.Read... reads) {
      return new MonotonicChecker(across).check(List.of(reads)).kinds();
    }

    private static MonotonicChecker.Read read(long process, long value, long begin, long end) {
      return new MonotonicChecker.Read(process, value, begin, end);
    }
  }

  @Nested
  class LongForkTest {
    @Test
    void aChainIsSound() {
      assertThat(kinds(read("g"), read("g", 1L), read("g", 1L, 2L), read("g", 1L))).isEmpty();
    }

    @Test
    void oppositeOrdersAreFound() {
      assertThat(kinds(read("g", 1L), read("g"), read("g", 2L)))
          .containsExactly(AnomalyKind.LONG_FORK);
      assertThat(kinds(read("g", 1L), read("g", 2L, 3L))).containsExactly(AnomalyKind.LONG_FORK);
    }

    @Test
    void groupsAreJudgedAlone() {
      assertThat(kinds(read("g", 1L), read("h", 2L))).isEmpty();
    }

    private Iterable<AnomalyKind> kinds(LongForkChecker.Read... reads) {
      return new LongForkChecker().check(List.of(reads)).kinds();
    }

    private static LongForkChecker.Read read(String group, Long... present) {
      return new LongForkChecker.Read(group, new TreeSet<>(List.of(present)));
    }
  }

  @Nested
  class WriteSkewTest {
    @Test
    void oneWinnerIsSound() {
      assertThat(
              kinds(List.of("a"), attempt("a", Outcome.COMMITTED), attempt("b", Outcome.ABORTED)))
          .isEmpty();
      assertThat(
              kinds(List.of("a"), attempt("a", Outcome.COMMITTED), attempt("b", Outcome.UNKNOWN)))
          .isEmpty();
    }

    @Test
    void twoWinnersAreFound() {
      assertThat(
              kinds(
                  List.of("a", "b"),
                  attempt("a", Outcome.COMMITTED),
                  attempt("b", Outcome.COMMITTED)))
          .containsExactly(AnomalyKind.WRITE_SKEW);
      assertThat(
              kinds(
                  List.of("a", "b"),
                  attempt("a", Outcome.COMMITTED),
                  attempt("b", Outcome.UNKNOWN)))
          .containsExactly(AnomalyKind.WRITE_SKEW);
    }

    @Test
    void theEndMustFitTheOutcomes() {
      assertThat(kinds(List.of(), attempt("a", Outcome.COMMITTED)))
          .containsExactly(AnomalyKind.LOST);
      assertThat(kinds(List.of("a"), attempt("a", Outcome.ABORTED)))
          .containsExactly(AnomalyKind.PHANTOM);
    }

    private Iterable<AnomalyKind> kinds(
        List<String> present, WriteSkewChecker.Attempt... attempts) {
      return new WriteSkewChecker().check(List.of(attempts), Map.of(1L, present)).kinds();
    }

    private static WriteSkewChecker.Attempt attempt(String label, Outcome outcome) {
      return new WriteSkewChecker.Attempt(1, label, outcome);
    }
  }

  @Nested
  class UniqueKeyTest {
    private final List<UniqueKeyChecker.Insert> inserts =
        List.of(
            new UniqueKeyChecker.Insert(1, 10, Outcome.COMMITTED),
            new UniqueKeyChecker.Insert(1, 11, Outcome.ABORTED),
            new UniqueKeyChecker.Insert(2, 20, Outcome.UNKNOWN),
            new UniqueKeyChecker.Insert(2, 21, Outcome.UNKNOWN));

    @Test
    void oneRowAKeyIsSound() {
      assertThat(kinds(read(1), read(1, 10L), read(2, 21L))).isEmpty();
    }

    @Test
    void twoRowsOfAKeyAreFound() {
      assertThat(kinds(read(2, 20L, 21L))).containsExactly(AnomalyKind.DUPLICATE_KEY);
      assertThat(kinds(read(2, 20L), read(2, 21L))).containsExactly(AnomalyKind.DUPLICATE_KEY);
    }

    @Test
    void twoCommittedInsertsAreFound() {
      List<UniqueKeyChecker.Insert> twice =
          List.of(
              new UniqueKeyChecker.Insert(1, 10, Outcome.COMMITTED),
              new UniqueKeyChecker.Insert(1, 11, Outcome.COMMITTED));
      assertThat(new UniqueKeyChecker().check(twice, List.of()).kinds())
          .containsExactly(AnomalyKind.DUPLICATE_KEY);
    }

    @Test
    void aWrongRowIsFound() {
      assertThat(kinds(read(2, 99L))).containsExactly(AnomalyKind.PHANTOM);
      assertThat(kinds(read(1, 11L))).contains(AnomalyKind.PHANTOM, AnomalyKind.LOST);
    }

    private Iterable<AnomalyKind> kinds(UniqueKeyChecker.Read... reads) {
      return new UniqueKeyChecker().check(inserts, List.of(reads)).kinds();
    }

    private static UniqueKeyChecker.Read read(long key, Long... rows) {
      return new UniqueKeyChecker.Read(key, List.of(rows));
    }
  }
}
