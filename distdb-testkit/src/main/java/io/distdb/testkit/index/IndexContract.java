// SPDX-License-Identifier: MIT
package io.distdb.testkit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.Direction;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.index.IndexModel.Entry;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/**
 * What every adapter of the {@link Index} port must do, both kinds. A subclass says how to make one
 * and how to write to it.
 */
public abstract class IndexContract {
  /** An index and the hand that writes to it. */
  public interface Subject extends AutoCloseable {
    Index index();

    /**
     * @param value null for a deletion
     * @param timestamp above the key's others
     */
    void put(Bytes key, Bytes value, long timestamp);

    /** Garbage collection, as far as one call goes. */
    void collect(long safePoint);

    @Override
    void close();
  }

  /** An empty index. */
  protected abstract Subject newSubject(IndexKind kind);

  /** Short histories over few keys: versions, deletions, cursors that stay open, collection. */
  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void agreesWithItsModel(
      @ForAll IndexKind kind, @ForAll("histories") List<IndexHistory.Step> steps) {
    try (Subject subject = newSubject(kind)) {
      new IndexHistory(subject, kind).run(steps);
    }
  }

  @Provide
  Arbitrary<List<IndexHistory.Step>> histories() {
    return IndexHistory.steps(24).list().ofMaxSize(60);
  }

  /** Many keys, so that whatever the index is made of splits, grows and rehashes. */
  @Property(tries = 4, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void agreesWithItsModelAtSize(@ForAll IndexKind kind, @ForAll("seeds") long seed) {
    SeededRandom random = new SeededRandom(seed);
    IndexModel model = new IndexModel(kind);
    try (Subject subject = newSubject(kind)) {
      for (int timestamp = 1; timestamp <= 20_000; timestamp++) {
        Bytes key = TestKeys.entry(kind, random.below(6_000));
        Bytes value = random.chance(0.1) ? null : TestKeys.value(random.below(500));
        model.put(key, value, timestamp);
        subject.put(key, value, timestamp);
      }
      IndexAssertions.assertSame(subject.index(), model, Timestamp.LATEST, 0);
      IndexAssertions.assertSame(subject.index(), model, 9_999, 0);
      subject.collect(15_000);
      IndexAssertions.assertSame(subject.index(), model, 15_000, 15_000);
      assertSlices(subject.index(), model, random);
    }
  }

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs();
  }

  private static void assertSlices(Index index, IndexModel model, SeededRandom random) {
    for (int i = 0; i < 50; i++) {
      Bytes from = TestKeys.raw(random.below(6_000));
      if (model.kind() == IndexKind.HASH) {
        IndexAssertions.assertLookup(index, model, from, 17_000);
      } else {
        KeyRange range = new KeyRange(from, TestKeys.raw(random.below(6_000)));
        IndexAssertions.assertRange(index, model, range, Direction.FORWARD, 17_000);
        IndexAssertions.assertRange(index, model, range, Direction.BACKWARD, 17_000);
      }
    }
  }

  @Test
  void emptyIndexHasNothing() {
    for (IndexKind kind : IndexKind.values()) {
      try (Subject subject = newSubject(kind)) {
        Bytes key = TestKeys.entry(kind, 1);
        assertThat(subject.index().kind()).isEqualTo(kind);
        assertThat(subject.index().get(key, Timestamp.LATEST)).isNull();
        assertThat(subject.index().newestTimestamp(key)).isEqualTo(Timestamp.NONE);
        assertThat(IndexAssertions.drain(subject.index().lookup(Bytes.EMPTY, Timestamp.LATEST)))
            .isEmpty();
        assertThat(subject.index().estimatedEntries()).isZero();
      }
    }
  }

  @Test
  void hashIndexRefusesRanges() {
    try (Subject subject = newSubject(IndexKind.HASH)) {
      Index index = subject.index();
      assertThatThrownBy(() -> index.range(KeyRange.ALL, Direction.FORWARD, 1))
          .isInstanceOfSatisfying(
              DistDbException.class,
              refusal ->
                  assertThat(refusal.code()).isEqualTo(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE));
    }
  }

  @Test
  void hashLookupTellsEqualBytesInDifferentPartsApart() {
    try (Subject subject = newSubject(IndexKind.HASH)) {
      Bytes ab = HashKey.of(Bytes.utf8("ab"), Bytes.utf8("c"));
      Bytes a = HashKey.of(Bytes.utf8("a"), Bytes.utf8("bc"));
      subject.put(ab, Bytes.utf8("1"), 1);
      subject.put(a, Bytes.utf8("2"), 2);
      assertThat(IndexAssertions.drain(subject.index().lookup(Bytes.utf8("ab"), 2)))
          .containsExactly(new Entry(ab, Bytes.utf8("1")));
      assertThat(IndexAssertions.drain(subject.index().lookup(Bytes.utf8("a"), 2)))
          .containsExactly(new Entry(a, Bytes.utf8("2")));
    }
  }

  @Test
  void bytesHandedOutOutliveTheCursorAndTheirVersion() {
    for (IndexKind kind : IndexKind.values()) {
      try (Subject subject = newSubject(kind)) {
        Bytes key = TestKeys.entry(kind, 2);
        subject.put(key, Bytes.utf8("old"), 1);
        Bytes wanted = kind == IndexKind.BTREE ? key : HashKey.hashed(key);
        Bytes keyRead;
        Bytes valueRead;
        try (IndexCursor cursor = subject.index().lookup(wanted, 1)) {
          assertThat(cursor.next()).isTrue();
          keyRead = cursor.key();
          valueRead = cursor.value();
        }
        subject.put(key, Bytes.utf8("new"), 2);
        subject.collect(2);
        assertThat(keyRead).isEqualTo(key);
        assertThat(valueRead).isEqualTo(Bytes.utf8("old"));
      }
    }
  }

  @Test
  void entriesAreCountedAlmostExactly() {
    for (IndexKind kind : IndexKind.values()) {
      try (Subject subject = newSubject(kind)) {
        for (int i = 0; i < 1_000; i++) {
          subject.put(TestKeys.entry(kind, i), TestKeys.value(i), i + 1);
        }
        assertThat(subject.index().estimatedEntries()).isBetween(900L, 1_100L);
        assertThat(subject.index().estimatedBytes()).isPositive();
      }
    }
  }
}
