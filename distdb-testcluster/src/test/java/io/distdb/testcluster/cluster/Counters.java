// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.txn.CommitOutcome;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A counter that every commit raises by one, under a token. Whoever gets no answer asks, or tries
 * again under the same token: each token counts once at most, and what was told of it stays so.
 */
final class Counters implements Patron {
  private static final long COUNTER = 1;

  /** One increment, tried as often as it takes. */
  private static final class Increment {
    private final CommitToken token;
    private boolean underWay;
    private CommitOutcome told;

    Increment(CommitToken token) {
      this.token = token;
    }

    void told(CommitOutcome outcome) {
      assertThat(told == null || told.equals(outcome))
          .as("%s was told to be %s, now %s", token, told, outcome)
          .isTrue();
      told = outcome;
    }
  }

  private final Tables tables;
  private final SeededRandom random;
  private final List<Increment> increments = new ArrayList<>();
  private int answered;

  Counters(Tables tables, SeededRandom random) {
    this.tables = tables;
    this.random = random;
  }

  @Override
  public void ask(Member.Life life) {
    List<Increment> open = increments.stream().filter(each -> each.told == null).toList();
    Increment increment;
    if (open.isEmpty() || random.chance(0.5)) {
      increment = new Increment(new CommitToken(new UUID(0, increments.size())));
      increments.add(increment);
    } else {
      increment = random.pick(open);
    }
    try {
      if (increment.underWay || random.chance(0.2)) {
        increment.told(life.manager().outcome(increment.token));
        answered++;
      } else {
        raise(life, increment);
      }
    } catch (DistDbException refusal) {
      Ending.of(refusal);
    }
  }

  private void raise(Member.Life life, Increment increment) {
    increment.underWay = true;
    try (Visit visit = new Visit(life, TransactionOptions.DEFAULT.withToken(increment.token))) {
      long value = Tables.number(visit.lock(tables.counters(), COUNTER));
      visit.put(tables.counters(), COUNTER, Tables.bytes(value + 1));
      increment.told(new CommitOutcome.Committed(visit.commit()));
      answered++;
    } finally {
      increment.underWay = false;
    }
  }

  @Override
  public void settle(Member.Life leader) {
    for (Increment increment : increments) {
      increment.told(leader.manager().outcome(increment.token));
    }
  }

  @Override
  public void check(Member.Life leader) {
    long committed =
        increments.stream()
            .filter(increment -> increment.told instanceof CommitOutcome.Committed)
            .count();
    try (Visit visit = Visit.reading(leader)) {
      assertThat(visit.get(tables.counters(), COUNTER))
          .as("the counter, by %d increments that committed", committed)
          .isEqualTo(committed);
    }
  }

  @Override
  public int answered() {
    return answered;
  }
}
