// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.checker.RegisterModel.Answer;
import io.distdb.testkit.checker.RegisterModel.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinearizabilityCheckerTest {
  private static final RegisterModel MODEL = new RegisterModel();

  private final LinearizabilityChecker<Request, Answer> checker =
      new LinearizabilityChecker<>(MODEL);
  private final List<Operation<Request, Answer>> history = new ArrayList<>();

  @Test
  void aReadSeesTheWriteBeforeIt() {
    write(1, 0, 1);
    read(1, 2, 3);
    assertThat(checker.check(history).isSound()).isTrue();
  }

  @Test
  void aStaleReadIsFound() {
    write(1, 0, 1);
    read(0, 2, 3);
    CheckResult result = checker.check(history);
    assertThat(result.kinds()).containsExactly(AnomalyKind.NOT_LINEARIZABLE);
    assertThat(result.anomalies().get(0).explanation()).contains("Read");
  }

  @Test
  void concurrentReadsMustAgreeOnTheOrder() {
    write(1, 0, 10);
    read(1, 1, 2);
    read(0, 3, 4);
    assertThat(checker.check(history).isSound()).isFalse();
  }

  @Test
  void anUnansweredWriteMayHappenAtAnyLaterTimeOrNever() {
    history.add(Operation.unanswered(1, new Request.Write(7), 0));
    read(0, 100, 101);
    assertThat(checker.check(history).isSound()).isTrue();
    read(7, 1_000, 1_001);
    assertThat(checker.check(history).isSound()).isTrue();
    read(0, 2_000, 2_001);
    assertThat(checker.check(history).isSound()).isFalse();
  }

  @Test
  void twoCompareAndSetsOfOneValueCannotBothSucceed() {
    add(new Request.CompareAndSet(0, 1), new Answer.Done(true), 0, 10);
    add(new Request.CompareAndSet(0, 2), new Answer.Done(true), 0, 10);
    assertThat(checker.check(history).isSound()).isFalse();
    history.remove(1);
    add(new Request.CompareAndSet(0, 2), new Answer.Done(false), 0, 10);
    assertThat(checker.check(history).isSound()).isTrue();
  }

  @Test
  void keysAreJudgedAlone() {
    write(1, 0, 1);
    read(0, 2, 3);
    assertThat(checker.check(history, operation -> operation.invokedAt()).isSound()).isTrue();
  }

  @Test
  void whatCannotBeDecidedIsAFailure() {
    for (int i = 0; i < 12; i++) {
      write(i, 0, 100);
    }
    read(99, 101, 102);
    CheckResult result = new LinearizabilityChecker<>(MODEL, 100).check(history);
    assertThat(result.kinds()).containsExactly(AnomalyKind.UNDECIDED);
  }

  @Test
  void agreesWithTryingEveryOrder() {
    int sound = 0;
    int rounds = 3_000;
    for (long seed = 0; seed < rounds; seed++) {
      List<Operation<Request, Answer>> random = randomHistory(new SeededRandom(seed), 6);
      boolean expected = anyOrder(random, new boolean[random.size()], MODEL.initial());
      assertThat(checker.check(random).isSound())
          .as("seed %d: %s", seed, random)
          .isEqualTo(expected);
      sound += expected ? 1 : 0;
    }
    assertThat(sound).isBetween(rounds / 20, rounds - rounds / 20);
  }

  @Test
  void longHistoriesOfASoundRegisterPass() {
    for (long seed = 0; seed < 20; seed++) {
      checker.check(soundHistory(new SeededRandom(seed), 500)).assertSound();
    }
  }

  @Test
  void oneWrongAnswerAtTheEndIsFound() {
    for (long seed = 0; seed < 20; seed++) {
      SeededRandom random = new SeededRandom(seed);
      List<Operation<Request, Answer>> sound = soundHistory(random, 200);
      long end = sound.stream().mapToLong(Operation::invokedAt).max().orElseThrow() + 10_000;
      sound.add(Operation.answered(1, new Request.Read(), new Answer.Value(-1), end, end + 1));
      assertThat(checker.check(sound).isSound()).as("seed %d", seed).isFalse();
    }
  }

  /** Answers are guesses, so that both verdicts come up. */
  private static List<Operation<Request, Answer>> randomHistory(SeededRandom random, int size) {
    List<Operation<Request, Answer>> result = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Request request = randomRequest(random);
      long begin = random.below(12);
      long end = begin + 1 + random.below(6);
      Answer answer =
          request instanceof Request.Read
              ? new Answer.Value(random.below(3))
              : new Answer.Done(!(request instanceof Request.CompareAndSet) || random.chance(0.5));
      result.add(
          random.chance(0.15)
              ? Operation.unanswered(i, request, begin)
              : Operation.answered(i, request, answer, begin, end));
    }
    return result;
  }

  private static Request randomRequest(SeededRandom random) {
    return switch (random.below(3)) {
      case 0 -> new Request.Read();
      case 1 -> new Request.Write(random.below(3));
      default -> new Request.CompareAndSet(random.below(3), random.below(3));
    };
  }

  /** Each operation takes effect at its own moment, between begin and end, in this order. */
  private static List<Operation<Request, Answer>> soundHistory(SeededRandom random, int size) {
    List<Operation<Request, Answer>> result = new ArrayList<>();
    long state = MODEL.initial();
    for (int i = 0; i < size; i++) {
      long effect = 100L + i * 10L;
      long begin = effect - random.below(25);
      long end = effect + 1 + random.below(25);
      Request request = randomRequest(random);
      Answer answer =
          switch (request) {
            case Request.Read read -> new Answer.Value(state);
            case Request.Write write -> new Answer.Done(true);
            case Request.CompareAndSet change -> new Answer.Done(change.expected() == state);
          };
      state = MODEL.next(state, request, Optional.of(answer)).orElseThrow();
      result.add(
          random.chance(0.01)
              ? Operation.unanswered(i, request, begin)
              : Operation.answered(i, request, answer, begin, end));
    }
    return result;
  }

  private static boolean anyOrder(
      List<Operation<Request, Answer>> operations, boolean[] taken, Long state) {
    boolean answeredLeft = false;
    long earliestReturn = Operation.NEVER;
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i]) {
        answeredLeft |= operations.get(i).output().isPresent();
        earliestReturn = Math.min(earliestReturn, operations.get(i).returnedAt());
      }
    }
    if (!answeredLeft) {
      return true;
    }
    for (int i = 0; i < taken.length; i++) {
      Operation<Request, Answer> operation = operations.get(i);
      if (!taken[i] && operation.invokedAt() <= earliestReturn) {
        Optional<Long> next = MODEL.next(state, operation.input(), operation.output());
        if (next.isPresent()) {
          taken[i] = true;
          boolean found = anyOrder(operations, taken, next.get());
          taken[i] = false;
          if (found) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private void write(long value, long begin, long end) {
    add(new Request.Write(value), new Answer.Done(true), begin, end);
  }

  private void read(long value, long begin, long end) {
    add(new Request.Read(), new Answer.Value(value), begin, end);
  }

  private void add(Request request, Answer answer, long begin, long end) {
    history.add(Operation.answered(history.size(), request, answer, begin, end));
  }
}
