// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.consensus.ReadConfirmation;
import io.distdb.api.error.DistDbException;
import io.distdb.testkit.checker.Operation;
import io.distdb.testkit.checker.RegisterModel.Answer;
import io.distdb.testkit.checker.RegisterModel.Request;
import java.util.List;
import java.util.function.LongSupplier;

/** A read of a register for which nobody waits: what comes of it is noted, and comes once. */
final class CalledBackRead implements ReadConfirmation {
  private final RegisterSimulation.Life life;
  private final int register;
  private final List<Operation<Request, Answer>> history;
  private final int place;
  private final LongSupplier clock;
  private boolean told;

  /**
   * @param history has the read as its last, not answered
   */
  CalledBackRead(
      RegisterSimulation.Life life,
      int register,
      List<Operation<Request, Answer>> history,
      LongSupplier clock) {
    this.life = life;
    this.register = register;
    this.history = history;
    place = history.size() - 1;
    this.clock = clock;
  }

  /** Of which node it is asked. */
  RegisterSimulation.Life life() {
    return life;
  }

  void ask() {
    life.group().confirmRead(life.group().leadingTerm(), this);
  }

  boolean isTold() {
    return told;
  }

  @Override
  public void confirmed() {
    tell();
    Operation<Request, Answer> asked = history.get(place);
    history.set(
        place,
        Operation.answered(
            asked.process(),
            asked.input(),
            new Answer.Value(life.machine().value(register)),
            asked.invokedAt(),
            clock.getAsLong()));
  }

  @Override
  public void refused(DistDbException why) {
    tell();
    history.set(place, null);
  }

  private void tell() {
    if (told) {
      throw new AssertionError("a read is told twice");
    }
    told = true;
  }
}
