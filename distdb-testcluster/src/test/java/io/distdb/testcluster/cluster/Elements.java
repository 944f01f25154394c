// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.api.error.DistDbException;
import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.checker.Outcome;
import io.distdb.testkit.checker.SetChecker;
import io.distdb.testkit.checker.SetChecker.Add;
import io.distdb.testkit.checker.SetChecker.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Rows are added: what was acknowledged is there, for ever, and nothing else is. */
final class Elements implements Patron {
  private final Tables tables;
  private final SeededRandom random;
  private final LongSupplier now;
  private final Stamps stamps;
  private final List<Add> adds = new ArrayList<>();
  private final List<Read> reads = new ArrayList<>();

  Elements(Tables tables, SeededRandom random, LongSupplier now, Stamps stamps) {
    this.tables = tables;
    this.random = random;
    this.now = now;
    this.stamps = stamps;
  }

  @Override
  public void ask(Member.Life life) {
    if (random.chance(0.7)) {
      add(life);
      return;
    }
    try {
      read(life);
    } catch (DistDbException refusal) {
      Ending.of(refusal);
    }
  }

  /** Whether it was acknowledged. */
  boolean add(Member.Life life) {
    int value = adds.size();
    long begun = now.getAsLong();
    adds.add(new Add(value, Outcome.UNKNOWN, begun, begun));
    Outcome outcome;
    try (Visit visit = new Visit(life, TransactionOptions.DEFAULT)) {
      visit.put(tables.set(), value, Tables.bytes(value));
      stamps.add(visit.commit(), begun);
      outcome = Outcome.COMMITTED;
    } catch (DistDbException refusal) {
      outcome = Ending.of(refusal);
    }
    adds.set(value, new Add(value, outcome, begun, now.getAsLong()));
    return outcome == Outcome.COMMITTED;
  }

  private void read(Member.Life life) {
    long begun = now.getAsLong();
    List<Long> values = new ArrayList<>();
    try (Visit visit = Visit.reading(life)) {
      try (IndexCursor rows =
          visit.transaction().range(tables.set(), KeyRange.ALL, Direction.FORWARD)) {
        while (rows.next()) {
          values.add(Tables.number(rows.value()));
        }
      }
    }
    reads.add(new Read(values, begun, now.getAsLong()));
  }

  @Override
  public void check(Member.Life leader) {
    read(leader);
    new SetChecker().check(adds, reads).assertSound();
  }

  @Override
  public int answered() {
    return reads.size()
        + (int) adds.stream().filter(add -> add.outcome() == Outcome.COMMITTED).count();
  }
}
