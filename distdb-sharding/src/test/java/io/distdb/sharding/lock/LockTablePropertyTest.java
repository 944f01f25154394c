// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.index.KeyRange;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Waiter;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.WaitPolicy;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Without waiting, a lock is granted exactly when no other owner holds a conflicting one. */
class LockTablePropertyTest {
  private static final int OWNERS = 4;
  private static final long SPACE = 3;

  /** One action of an owner: a key, a range from..to, or (neither) the end. */
  record Step(int owner, int from, int to, RangeMode mode, boolean end) {
    boolean exclusive() {
      return mode == RangeMode.EXCLUSIVE;
    }

    boolean isKey() {
      return to == from;
    }

    KeyRange range() {
      return isKey() ? KeyRange.only(key(from)) : new KeyRange(key(from), key(to));
    }
  }

  record Held(int owner, KeyRange range, RangeMode mode, boolean isKey) {
    boolean conflicts(Step step) {
      if (isKey && step.isKey()) {
        return mode == RangeMode.EXCLUSIVE || step.mode == RangeMode.EXCLUSIVE;
      }
      boolean aparts = mode == RangeMode.APART || step.mode == RangeMode.APART;
      boolean shareds = mode == RangeMode.SHARED || step.mode == RangeMode.SHARED;
      if (!aparts) {
        return mode == RangeMode.EXCLUSIVE || step.mode == RangeMode.EXCLUSIVE;
      }
      return shareds || mode != step.mode && !isKey && !step.isKey();
    }
  }

  @Property(tries = 2000)
  void grantsExactlyWhatNobodyElseHolds(@ForAll("steps") List<Step> steps) {
    LockTable table = new LockTable(Clock.system());
    List<Held> model = new ArrayList<>();
    LockOwner[] owners = new LockOwner[OWNERS];
    for (int i = 0; i < OWNERS; i++) {
      owners[i] = new LockOwner(new NeverWaits(), i);
    }
    for (Step step : steps) {
      LockOwner owner = owners[step.owner];
      if (step.end) {
        table.releaseAll(owner);
        model.removeIf(held -> held.owner == step.owner);
      } else {
        apply(table, owner, step, model);
      }
    }
    for (LockOwner owner : owners) {
      table.releaseAll(owner);
    }
    assertThat(table.size()).as("what is left when all is released").isZero();
  }

  private static void apply(LockTable table, LockOwner owner, Step step, List<Held> model) {
    LockStrength strength = step.exclusive() ? LockStrength.EXCLUSIVE : LockStrength.SHARED;
    boolean writes =
        step.isKey()
            && model.contains(new Held(step.owner, step.range(), RangeMode.EXCLUSIVE, true));
    boolean free =
        writes
            || model.stream()
                .noneMatch(held ->
                    held.owner != step.owner
                        && held.conflicts(step)
                        && held.range.overlaps(step.range()));
    if (step.isKey()) {
      LockAnswer answer = table.lock(owner, SPACE, key(step.from), strength, WaitPolicy.SKIP, 0);
      assertThat(answer != LockAnswer.REFUSED).as("%s with %s", step, model).isEqualTo(free);
    } else if (free) {
      // A wait would fail in NeverWaits.
      table.lockRange(owner, SPACE, step.range(), step.mode, WaitPolicy.WAIT, 0);
    }
    if (free) {
      model.add(new Held(step.owner, step.range(), step.mode, step.isKey()));
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> keys = Arbitraries.integers().between(0, 12);
    return Combinators.combine(
            Arbitraries.integers().between(0, OWNERS - 1),
            keys,
            Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(3, Arbitraries.just(0)),
                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(1, 6))),
            Arbitraries.of(RangeMode.class),
            Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, Arbitraries.just(false)),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(true))))
        .as((owner, from, length, mode, end) ->
            new Step(
                owner,
                from,
                from + length,
                length == 0 && mode == RangeMode.APART ? RangeMode.SHARED : mode,
                end))
        .list()
        .ofMaxSize(120);
  }

  private static Bytes key(int number) {
    return Bytes.of(number);
  }

  private static final class NeverWaits implements LockClient {
    @Override
    public Waiter waiter() {
      throw new AssertionError("nobody waits here");
    }

    @Override
    public void checkWait() {
      throw new AssertionError("nobody waits here");
    }
  }
}
