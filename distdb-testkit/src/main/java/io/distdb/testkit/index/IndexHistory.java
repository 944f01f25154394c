// SPDX-License-Identifier: MIT
package io.distdb.testkit.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.index.Direction;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.testkit.index.IndexModel.Entry;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Runs a generated history on an index and its model. A step holds small numbers and means
 * something after any other steps, so that a failing history can shrink.
 */
final class IndexHistory {
  /** One thing to do. */
  sealed interface Step {
    /**
     * @param value negative for a deletion
     */
    record Put(int key, int value) implements Step {}

    /** Collects as far as open cursors allow. */
    record Collect(int age) implements Step {}

    /** Opens a cursor at an older timestamp, and leaves it open. */
    record Open(int from, int to, boolean backward, int age) implements Step {}

    /** Moves an open cursor on. */
    record Advance(int cursor, int entries) implements Step {}

    /** Compares every read. */
    record Compare(int age) implements Step {}
  }

  private record OpenCursor(IndexCursor cursor, List<Entry> expected, boolean ordered, long asOf) {}

  private final IndexContract.Subject subject;
  private final IndexKind kind;
  private final IndexModel model;
  private final List<OpenCursor> cursors = new ArrayList<>();
  private long now = 1;
  private long safePoint;

  IndexHistory(IndexContract.Subject subject, IndexKind kind) {
    this.subject = subject;
    this.kind = kind;
    this.model = new IndexModel(kind);
  }

  /** Steps over keys below {@code keys}. */
  static Arbitrary<Step> steps(int keys) {
    Arbitrary<Integer> key = Arbitraries.integers().between(0, keys - 1);
    Arbitrary<Integer> age = Arbitraries.integers().between(0, 20);
    Arbitrary<Step> put =
        Combinators.combine(key, Arbitraries.integers().between(-20, 60)).as(Step.Put::new);
    Arbitrary<Step> open =
        Combinators.combine(key, key, Arbitraries.of(false, true), age).as(Step.Open::new);
    Arbitrary<Step> advance =
        Combinators.combine(
                Arbitraries.integers().between(0, 5), Arbitraries.integers().between(1, 4))
            .as(Step.Advance::new);
    return Arbitraries.frequencyOf(
        Tuple.of(12, put),
        Tuple.of(2, age.map(Step.Collect::new)),
        Tuple.of(2, open),
        Tuple.of(3, advance),
        Tuple.of(2, age.map(Step.Compare::new)));
  }

  void run(List<Step> steps) {
    for (Step step : steps) {
      switch (step) {
        case Step.Put put -> put(put);
        case Step.Collect collect -> collect(collect);
        case Step.Open open -> open(open);
        case Step.Advance advance -> advance(advance);
        case Step.Compare compare -> compare(compare.age());
      }
    }
    compare(0);
    compare(Integer.MAX_VALUE);
    cursors.forEach(cursor -> finish(cursor));
  }

  private void put(Step.Put put) {
    Bytes key = TestKeys.entry(kind, put.key());
    Bytes value = put.value() < 0 ? null : TestKeys.value(put.value());
    now++;
    model.put(key, value, now);
    subject.put(key, value, now);
  }

  private void collect(Step.Collect collect) {
    long oldestRead = cursors.stream().mapToLong(OpenCursor::asOf).min().orElse(Long.MAX_VALUE);
    safePoint = Math.max(safePoint, Math.min(at(collect.age()), oldestRead));
    subject.collect(safePoint);
  }

  private void open(Step.Open open) {
    long asOf = at(open.age());
    if (kind == IndexKind.HASH) {
      Bytes hashed = HashKey.hashed(TestKeys.entry(kind, open.from()));
      cursors.add(
          new OpenCursor(
              subject.index().lookup(hashed, asOf), model.lookup(hashed, asOf), false, asOf));
    } else {
      KeyRange range = new KeyRange(TestKeys.raw(open.from()), TestKeys.raw(open.to()));
      Direction direction = open.backward() ? Direction.BACKWARD : Direction.FORWARD;
      cursors.add(
          new OpenCursor(
              subject.index().range(range, direction, asOf),
              new ArrayList<>(model.range(range, direction, asOf)),
              true,
              asOf));
    }
  }

  private void advance(Step.Advance advance) {
    if (!cursors.isEmpty()) {
      OpenCursor cursor = cursors.get(advance.cursor() % cursors.size());
      for (int i = 0; i < advance.entries(); i++) {
        advance(cursor);
      }
    }
  }

  /** Returns whether there was an entry. */
  private static boolean advance(OpenCursor open) {
    boolean moved = open.cursor().next();
    assertThat(moved).as("one more of %s", open.expected()).isEqualTo(!open.expected().isEmpty());
    if (moved) {
      Entry entry = new Entry(open.cursor().key(), open.cursor().value());
      if (open.ordered()) {
        assertThat(entry).isEqualTo(open.expected().get(0));
      }
      assertThat(open.expected().remove(entry)).as("%s was expected once", entry).isTrue();
    }
    return moved;
  }

  private static void finish(OpenCursor open) {
    while (advance(open)) {
      // Until it ends as expected.
    }
    open.cursor().close();
    open.cursor().close();
  }

  private void compare(int age) {
    IndexAssertions.assertSame(subject.index(), model, at(age), safePoint);
    IndexAssertions.assertSame(subject.index(), model, Timestamp.LATEST, safePoint);
    for (int key = 0; key < 8; key++) {
      IndexAssertions.assertLookup(subject.index(), model, TestKeys.raw(key), at(age));
    }
  }

  private long at(int age) {
    return Math.max(safePoint, now - age);
  }
}
