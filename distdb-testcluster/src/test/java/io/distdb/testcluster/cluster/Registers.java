// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.api.error.DistDbException;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.checker.LinearizabilityChecker;
import io.distdb.testkit.checker.Operation;
import io.distdb.testkit.checker.Outcome;
import io.distdb.testkit.checker.RegisterModel;
import io.distdb.testkit.checker.RegisterModel.Answer;
import io.distdb.testkit.checker.RegisterModel.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * A few registers at a time, each a row: together they are linearizable. One that was asked often
 * is left for a new one, as what has no answer makes long histories hard to judge.
 */
final class Registers implements Patron {
  private static final int AT_A_TIME = 4;
  private static final int REQUESTS_EACH = 16;

  private final Tables tables;
  private final SeededRandom random;
  private final LongSupplier now;
  private final Stamps stamps;

  /** Of each register; null: certainly did not happen. */
  private final List<List<Operation<Request, Answer>>> histories = new ArrayList<>();

  private final int[] inUse = new int[AT_A_TIME];
  private long nextValue = 1;
  private long nextProcess = 1;

  Registers(Tables tables, SeededRandom random, LongSupplier now, Stamps stamps) {
    this.tables = tables;
    this.random = random;
    this.now = now;
    this.stamps = stamps;
    for (int slot = 0; slot < AT_A_TIME; slot++) {
      inUse[slot] = newRegister();
    }
  }

  private int newRegister() {
    histories.add(new ArrayList<>());
    return histories.size() - 1;
  }

  @Override
  public void ask(Member.Life life) {
    Request request =
        switch (random.below(3)) {
          case 0 -> new Request.Write(nextValue++);
          case 1 -> new Request.CompareAndSet(random.below(nextValue), nextValue++);
          default -> new Request.Read();
        };
    int slot = random.below(AT_A_TIME);
    int register = inUse[slot];
    List<Operation<Request, Answer>> history = histories.get(register);
    if (history.size() == REQUESTS_EACH) {
      inUse[slot] = newRegister();
    }
    int place = history.size();
    Operation<Request, Answer> asked =
        Operation.unanswered(nextProcess++, request, now.getAsLong());
    history.add(asked);
    try {
      Answer answer = answer(life, register, request, asked.invokedAt());
      history.set(
          place,
          Operation.answered(asked.process(), request, answer, asked.invokedAt(), now.getAsLong()));
    } catch (DistDbException refusal) {
      if (Ending.of(refusal) == Outcome.ABORTED) {
        history.set(place, null);
      }
    }
  }

  private Answer answer(Member.Life life, int register, Request request, long begun) {
    return switch (request) {
      case Request.Read read -> {
        try (Visit visit = Visit.reading(life)) {
          yield new Answer.Value(visit.get(tables.registers(), register));
        }
      }
      case Request.Write write -> {
        try (Visit visit = new Visit(life, TransactionOptions.DEFAULT)) {
          visit.put(tables.registers(), register, Tables.bytes(write.value()));
          stamps.add(visit.commit(), begun);
          yield new Answer.Done(true);
        }
      }
      case Request.CompareAndSet change -> {
        try (Visit visit = new Visit(life, TransactionOptions.DEFAULT)) {
          long value = Tables.number(visit.lock(tables.registers(), register));
          if (value == change.expected()) {
            visit.put(tables.registers(), register, Tables.bytes(change.value()));
            stamps.add(visit.commit(), begun);
          } else {
            visit.commit();
          }
          yield new Answer.Done(value == change.expected());
        }
      }
    };
  }

  @Override
  public void check(Member.Life leader) {
    for (List<Operation<Request, Answer>> history : histories) {
      new LinearizabilityChecker<>(new RegisterModel())
          .check(history.stream().filter(Objects::nonNull).toList())
          .assertSound();
    }
  }

  @Override
  public int answered() {
    return (int)
        histories.stream()
            .flatMap(List::stream)
            .filter(each -> each != null && each.output().isPresent())
            .count();
  }
}
