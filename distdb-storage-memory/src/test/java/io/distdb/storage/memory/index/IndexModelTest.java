// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Generated histories against {@link IndexModel}, both kinds of index. */
class IndexModelTest {
  private static final IndexId ID = new IndexId(7);

  /** Longer than every generated key of this byte, so numbers behind it come last in the index. */
  private static final Bytes ABOVE_ALL = Bytes.wrap(filled(13));

  /** One step of a history. */
  sealed interface Step {
    /** {@code value} 0 deletes. */
    record Put(Bytes key, int value) implements Step {}

    /** The last put once more, as recovery does. */
    record PutAgain() implements Step {}

    /** Numbers as keys behind {@code prefix}; {@code stride} may be negative; 0: random. */
    record PutMany(Bytes prefix, int from, int stride, int count) implements Step {}

    /**
     * Random numbers as keys, each a few times, in one run; {@code deletePercent} are deletions.
     */
    record PutRun(Bytes prefix, int range, int count, int deletePercent) implements Step {}

    record DeleteMany(Bytes prefix, int from, int count) implements Step {}

    record Collect(int percent, int versionsMax) implements Step {}

    record OpenCursor(Bytes from, Bytes to, boolean forward) implements Step {}

    /** Each open cursor moves on a little. */
    record Advance(int entries) implements Step {}

    /** The index is replaced by one built from its versions. */
    record Rebuild() implements Step {}
  }

  @Property(tries = 400)
  void treeAnswersAsTheModel(@ForAll("histories") List<Step> history) {
    new Run(IndexKind.BTREE).play(history);
  }

  @Property(tries = 400)
  void hashAnswersAsTheModel(@ForAll("histories") List<Step> history) {
    new Run(IndexKind.HASH).play(history);
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Bytes> keys = keys();
    Arbitrary<Bytes> prefixes =
        Arbitraries.of(Bytes.EMPTY, Bytes.of(5), Bytes.of(0, 0, 0, 0, 0, 0, 0, 1, 9), ABOVE_ALL);
    Arbitrary<Step> put =
        Combinators.combine(keys, Arbitraries.integers().between(0, 3)).as(Step.Put::new);
    Arbitrary<Step> putMany =
        Combinators.combine(
                prefixes,
                Arbitraries.integers().between(0, 700),
                Arbitraries.of(1, -1, 3, 0),
                Arbitraries.integers().between(1, 300))
            .as(Step.PutMany::new);
    Arbitrary<Step> putRun =
        Combinators.combine(
                prefixes,
                Arbitraries.of(10, 1_000, 100_000),
                Arbitraries.integers().between(0, 700),
                Arbitraries.of(0, 10))
            .as(Step.PutRun::new);
    Arbitrary<Step> deleteMany =
        Combinators.combine(
                prefixes,
                Arbitraries.integers().between(0, 700),
                Arbitraries.integers().between(1, 400))
            .as(Step.DeleteMany::new);
    Arbitrary<Step> collect =
        Combinators.combine(
                Arbitraries.integers().between(0, 100), Arbitraries.integers().between(1, 500))
            .as(Step.Collect::new);
    Arbitrary<Step> cursor =
        Combinators.combine(keys, keys, Arbitraries.of(true, false)).as(Step.OpenCursor::new);
    Arbitrary<Step> advance = Arbitraries.integers().between(1, 40).map(Step.Advance::new);
    return Arbitraries.<Step>frequencyOf(
            Tuple.of(6, put),
            Tuple.of(1, Arbitraries.just(new Step.PutAgain())),
            Tuple.of(3, putMany),
            Tuple.of(3, putRun),
            Tuple.of(2, deleteMany),
            Tuple.of(3, collect),
            Tuple.of(2, cursor),
            Tuple.of(2, advance),
            Tuple.of(1, Arbitraries.just(new Step.Rebuild())))
        .list()
        .ofMaxSize(40);
  }

  private static byte[] filled(int length) {
    byte[] filled = new byte[length];
    Arrays.fill(filled, (byte) 0xff);
    return filled;
  }

  /** Short ones of few byte values, so that prefixes are shared and lengths tell keys apart. */
  private static Arbitrary<Bytes> keys() {
    return Arbitraries.of((byte) 0, (byte) 1, (byte) 0x80, (byte) 0xff)
        .array(byte[].class)
        .ofMaxSize(12)
        .map(Bytes::wrap);
  }

  /** An index and its model, and what is open on them. */
  private static final class Run {
    private final IndexKind kind;
    private final IndexModel model = new IndexModel();
    private final List<OpenCursor> cursors = new ArrayList<>();
    private final Random random = new Random(1);
    private VersionedIndex index;
    private long clock;
    private long safePoint;
    private Bytes lastKey;
    private Bytes lastValue;

    Run(IndexKind kind) {
      this.kind = kind;
      index = VersionedIndex.create(ID, kind);
    }

    void play(List<Step> history) {
      history.forEach(this::step);
      cursors.forEach(cursor -> cursor.advance(Integer.MAX_VALUE));
      model.check(index, Timestamp.LATEST);
      model.check(index, safePoint + (clock - safePoint) / 2);
      model.check(index, safePoint);
      if (safePoint == 0) {
        assertThat(index.garbageVersions()).isEqualTo(model.garbage());
      }
      assertThat(index.estimatedEntries()).isEqualTo(model.liveEntries());
      checkBytes();
      index.collect(Timestamp.LATEST, 1);
      collectAll(Timestamp.LATEST);
      model.check(index, Timestamp.LATEST);
      checkBytes();
      assertThat(index.garbageVersions()).isZero();
      assertThat(index.estimatedEntries()).isEqualTo(model.liveEntries());
    }

    private void checkBytes() {
      long counted =
          switch (index) {
            case BTreeIndex tree -> Recount.bytes(tree.tree());
            case HashIndex hash -> Recount.bytes(hash.directory());
            default -> throw new AssertionError(index);
          };
      assertThat(index.estimatedBytes()).isEqualTo(counted);
    }

    private void step(Step step) {
      switch (step) {
        case Step.Put(Bytes key, int value) ->
            put(key(key), value == 0 ? null : Bytes.of(value), ++clock);
        case Step.PutAgain() -> {
          if (lastKey != null) {
            put(lastKey, lastValue, clock);
          }
        }
        case Step.PutMany(Bytes prefix, int from, int stride, int count) -> {
          clock++;
          for (int i = 0; i < count; i++) {
            int number = stride == 0 ? random.nextInt(1000) : from + i * stride;
            put(key(prefix.concat(number(number))), Bytes.of(i & 0xff), clock);
          }
        }
        case Step.PutRun run -> putRun(run);
        case Step.DeleteMany(Bytes prefix, int from, int count) -> {
          clock++;
          for (int i = 0; i < count; i++) {
            put(key(prefix.concat(number(from + i))), IndexModel.DELETED, clock);
          }
        }
        case Step.Collect(int percent, int versionsMax) -> collect(percent, versionsMax);
        case Step.OpenCursor(Bytes from, Bytes to, boolean forward) -> open(from, to, forward);
        case Step.Advance(int entries) -> cursors.forEach(cursor -> cursor.advance(entries));
        case Step.Rebuild() -> rebuild();
      }
    }

    /** As every writer: above whatever is read already. */
    private void putRun(Step.PutRun step) {
      VersionRun run = new VersionRun();
      clock++;
      for (int i = 0; i < step.count(); i++) {
        clock += random.nextInt(2);
        Bytes key = key(step.prefix().concat(number(random.nextInt(step.range()))));
        boolean delete = random.nextInt(100) < step.deletePercent();
        Bytes value = delete ? IndexModel.DELETED : Bytes.of(i & 0xff);
        run.add(key.array(), value == null ? null : value.array(), clock);
        model.put(key, value, clock);
      }
      clock++;
      index.putAll(run);
    }

    private static Bytes number(int number) {
      return Bytes.of(
          number >>> 24 & 0xff, number >>> 16 & 0xff, number >>> 8 & 0xff, number & 0xff);
    }

    /** In a hash index the last two bytes tell entries of a hashed part apart. */
    private Bytes key(Bytes key) {
      if (kind == IndexKind.BTREE) {
        return key;
      }
      int hashed = Math.max(0, key.length() - 2);
      return HashKey.of(key.slice(0, hashed), key.slice(hashed, key.length()));
    }

    private void put(Bytes key, Bytes value, long timestamp) {
      model.put(key, value, timestamp);
      index.put(key.array(), value == null ? null : value.array(), timestamp);
      assertThat(index.newestTimestamp(key)).isEqualTo(timestamp);
      lastKey = key;
      lastValue = value;
    }

    private void collect(int percent, int versionsMax) {
      long oldestRead = cursors.stream().mapToLong(OpenCursor::asOf).min().orElse(clock);
      safePoint = Math.max(safePoint, Math.min(oldestRead, clock * percent / 100));
      index.collect(safePoint, versionsMax);
    }

    private void collectAll(long point) {
      for (int calls = 0; !index.collect(point, 100); calls++) {
        assertThat(calls).as("calls of collect").isLessThan(10_000);
      }
      index.collect(point, Integer.MAX_VALUE);
    }

    private void open(Bytes from, Bytes to, boolean forward) {
      long asOf = safePoint + random.nextLong(clock - safePoint + 1);
      if (kind == IndexKind.HASH) {
        Bytes hashed = HashKey.hashed(key(from));
        List<IndexModel.Entry> expected = new ArrayList<>();
        IndexModel.drain(index.lookup(hashed, asOf)).forEach(expected::add);
        assertThat(IndexModel.asMap(expected)).isEqualTo(model.hashed(hashed, asOf));
        cursors.add(new OpenCursor(index.lookup(hashed, asOf), expected, asOf));
        return;
      }
      Bytes bound = to.length() == 3 ? null : to;
      KeyRange range = new KeyRange(from, bound);
      Direction direction = forward ? Direction.FORWARD : Direction.BACKWARD;
      List<IndexModel.Entry> expected = model.range(range, direction, asOf);
      cursors.add(new OpenCursor(index.range(range, direction, asOf), expected, asOf));
      assertThat(IndexModel.drain(index.lookup(from, asOf)))
          .isEqualTo(model.range(KeyRange.prefix(from), Direction.FORWARD, asOf));
    }

    /** Cursors stay on the old index, which nobody writes any more. */
    private void rebuild() {
      VersionedIndex.Loader loader = VersionedIndex.loader(ID, kind);
      VersionedIndex.VersionCursor versions = index.versions();
      while (versions.next()) {
        loader.add(versions.key(), versions.value(), versions.timestamp());
      }
      VersionedIndex rebuilt = loader.finish();
      assertThat(rebuilt.garbageVersions()).isEqualTo(index.garbageVersions());
      assertThat(rebuilt.estimatedEntries()).isEqualTo(index.estimatedEntries());
      index = rebuilt;
    }
  }

  /** A cursor and what is still to come from it. */
  private record OpenCursor(IndexCursor cursor, List<IndexModel.Entry> expected, long asOf) {
    /** Entry by entry, or, an even number, as one block. */
    void advance(int entries) {
      if (entries % 2 == 0) {
        advanceByBlock(new EntryBlock(entries));
      } else {
        advanceByEntries(entries);
      }
    }

    private void advanceByBlock(EntryBlock block) {
      block.add(Bytes.of(1, 2, 3), Bytes.of(4));
      int size = Math.min(block.capacity(), expected.size());
      assertThat(cursor.next(block)).isEqualTo(size);
      assertThat(block.size()).isEqualTo(size);
      for (int i = 0; i < size; i++) {
        IndexModel.Entry entry = expected.remove(0);
        assertThat(block.key(i)).isEqualTo(entry.key());
        assertThat(block.value(i)).isEqualTo(entry.value());
      }
    }

    private void advanceByEntries(int entries) {
      for (int i = 0; i < entries; i++) {
        if (expected.isEmpty()) {
          assertThat(cursor.next()).isFalse();
          return;
        }
        assertThat(cursor.next()).isTrue();
        IndexModel.Entry entry = expected.remove(0);
        assertThat(cursor.key()).isEqualTo(entry.key());
        assertThat(cursor.value()).isEqualTo(entry.value());
      }
    }
  }
}
