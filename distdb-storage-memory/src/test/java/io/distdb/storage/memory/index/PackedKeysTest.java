// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Packed keys against a sorted array of the same keys. */
class PackedKeysTest {
  private static final Comparator<byte[]> UNSIGNED = Arrays::compareUnsigned;

  @Property(tries = 500)
  void packedKeysComeBack(@ForAll("keySets") List<byte[]> keys) {
    assertHolds(packed(keys), sorted(keys));
  }

  @Property(tries = 500)
  void findsWhatIsThereAndWhereElseItBelongs(
      @ForAll("keySets") List<byte[]> keys, @ForAll("keySets") List<byte[]> probes) {
    byte[][] sorted = sorted(keys);
    PackedKeys packed = packed(keys);
    for (byte[] probe : probes) {
      int expected = Arrays.binarySearch(sorted, probe, UNSIGNED);
      assertThat(packed.find(probe)).isEqualTo(expected < 0 ? ~(-expected - 1) : expected);
      assertThat(packed.lowerBound(probe)).isEqualTo(expected < 0 ? -expected - 1 : expected);
    }
  }

  @Property(tries = 500)
  void insertedOneByOneAsPackedAtOnce(@ForAll("keySets") List<byte[]> keys) {
    PackedKeys packed = PackedKeys.of(new byte[0][], 0);
    for (byte[] key : keys) {
      int at = packed.find(key);
      packed = at >= 0 ? packed : packed.insert(~at, key);
    }
    assertHolds(packed, sorted(keys));
  }

  @Property(tries = 500)
  void appendedInPlaceAsPackedAtOnce(@ForAll("keySets") List<byte[]> keys) {
    byte[][] sorted = sorted(keys);
    PackedKeys packed = PackedKeys.of(new byte[0][], 0);
    for (byte[] key : sorted) {
      int count = packed.count();
      if (packed.hasRoomFor(key)) {
        packed.store(count, key);
        packed.publishCount(count + 1);
      } else {
        packed = packed.insertLast(key, 2 * count + 2);
      }
    }
    assertHolds(packed, sorted);
  }

  /** What the writer's way without a descent rests on: never true for a key that is not above. */
  @Property(tries = 500)
  void roomAboveIsOnlyForKeysAboveAll(
      @ForAll("keySets") List<byte[]> keys, @ForAll("keySets") List<byte[]> probes) {
    byte[][] sorted = sorted(keys);
    PackedKeys packed = PackedKeys.of(sorted, sorted.length, sorted.length + 1);
    for (byte[] probe : probes) {
      boolean above = packed.find(probe) == ~sorted.length;
      assertThat(packed.hasRoomAbove(probe)).isEqualTo(above && packed.hasRoomFor(probe));
    }
  }

  @Property(tries = 500)
  void slicesAndJoins(@ForAll("keySets") List<byte[]> keys, @ForAll int cut) {
    byte[][] sorted = sorted(keys);
    int middle = Math.floorMod(cut, sorted.length + 1);
    PackedKeys packed = packed(keys);
    PackedKeys left = packed.slice(0, middle);
    PackedKeys right = packed.slice(middle, sorted.length);
    assertHolds(left, Arrays.copyOf(sorted, middle));
    assertHolds(right, Arrays.copyOfRange(sorted, middle, sorted.length));
    assertHolds(left.concat(null, right), sorted);
    if (middle > 0 && middle < sorted.length) {
      byte[] separator = PackedKeys.separator(sorted[middle - 1], sorted[middle]);
      assertThat(Arrays.compareUnsigned(sorted[middle - 1], separator)).isNegative();
      assertThat(Arrays.compareUnsigned(separator, sorted[middle])).isNotPositive();
    }
  }

  @Test
  void zerosAtTheEndTellKeysApart() {
    byte[][] keys = {{}, {0}, {0, 0}, {0, 0, 0, 0, 0, 0, 0, 0}, new byte[9], new byte[20], {1}};
    PackedKeys packed = PackedKeys.of(keys, keys.length);
    assertHolds(packed, keys);
    assertThat(packed.find(new byte[3])).isEqualTo(~3);
    assertThat(packed.find(new byte[10])).isEqualTo(~5);
    assertThat(packed.find(new byte[21])).isEqualTo(~6);
  }

  private static void assertHolds(PackedKeys packed, byte[][] sorted) {
    assertThat(packed.count()).isEqualTo(sorted.length);
    assertThat(packed.keyBytes(0, sorted.length))
        .isEqualTo(Arrays.stream(sorted).mapToInt(key -> key.length).sum());
    for (int i = 0; i < sorted.length; i++) {
      assertThat(packed.key(i)).isEqualTo(sorted[i]);
      assertThat(packed.find(sorted[i])).isEqualTo(i);
      assertCopies(packed, i, sorted[i]);
    }
  }

  /** Only the key's bytes and the 8 behind them change. */
  private static void assertCopies(PackedKeys packed, int at, byte[] key) {
    byte[] target = new byte[3 + key.length + 8 + 1];
    Arrays.fill(target, (byte) 5);
    packed.copyKey(at, target, 3);
    assertThat(packed.keyLength(at)).isEqualTo(key.length);
    assertThat(Arrays.copyOfRange(target, 3, 3 + key.length)).isEqualTo(key);
    assertThat(Arrays.copyOf(target, 3)).containsOnly(5);
    assertThat(target[target.length - 1]).isEqualTo((byte) 5);
  }

  private static PackedKeys packed(List<byte[]> keys) {
    byte[][] sorted = sorted(keys);
    return PackedKeys.of(sorted, sorted.length);
  }

  private static byte[][] sorted(List<byte[]> keys) {
    return keys.stream().sorted(UNSIGNED).toArray(byte[][]::new);
  }

  /** Distinct keys: of one length or of several, with or without a common start. */
  @Provide
  Arbitrary<List<byte[]>> keySets() {
    Arbitrary<Byte> bytes =
        Arbitraries.oneOf(Arbitraries.of((byte) 0, (byte) 1, (byte) 0xff), Arbitraries.bytes());
    Arbitrary<Integer> lengths = Arbitraries.of(0, 1, 3, 7, 8, 9, 12, 16, 17, 20);
    Arbitrary<byte[]> ofAnyLength =
        lengths.flatMap(length -> bytes.array(byte[].class).ofSize(length));
    Arbitrary<List<byte[]>> ofOneLength =
        lengths.flatMap(
            length -> distinct(bytes.array(byte[].class).ofSize(length), length == 0 ? 1 : 40));
    Arbitrary<List<byte[]>> plain = Arbitraries.oneOf(distinct(ofAnyLength, 40), ofOneLength);
    return plain.flatMap(keys ->
        Arbitraries.of(0, 1, 8, 13)
            .map(common -> keys.stream().map(key -> prefixed(common, key)).toList()));
  }

  private static Arbitrary<List<byte[]>> distinct(Arbitrary<byte[]> keys, int sizeMax) {
    return keys.list().uniqueElements(Arrays::hashCode).ofMaxSize(sizeMax);
  }

  private static byte[] prefixed(int common, byte[] key) {
    byte[] prefixed = new byte[common + key.length];
    Arrays.fill(prefixed, 0, common, (byte) 7);
    System.arraycopy(key, 0, prefixed, common, key.length);
    return prefixed;
  }
}
