// SPDX-License-Identifier: MIT
package io.distdb.api.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EntryRunTest {
  @Property
  void sortingKeepsEveryEntryAndTheOrderOfEqualKeys(@ForAll("keys") List<Bytes> keys) {
    EntryRun run = filled(keys);
    run.sort();
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      expected.add(i);
    }
    expected.sort(Comparator.comparing(keys::get));
    for (int at = 0; at < run.size(); at++) {
      assertThat(run.added(at)).isEqualTo(expected.get(at));
      assertThat(run.place(run.added(at))).isEqualTo(at);
      assertThat(Bytes.wrap(run.key(at))).isEqualTo(keys.get(expected.get(at)));
      assertThat(run.value(at)[0]).isEqualTo((byte) (int) expected.get(at));
    }
  }

  @Property
  void theFirstRepeatedKeyIsFound(@ForAll("keys") List<Bytes> keys) {
    int expected = -1;
    Set<Bytes> seen = new HashSet<>();
    for (int i = 0; i < keys.size() && expected < 0; i++) {
      expected = seen.add(keys.get(i)) ? -1 : i;
    }
    EntryRun run = filled(keys);
    run.sort();
    assertThat(run.firstRepeated()).isEqualTo(expected);
  }

  @Property
  void findSaysWhereAKeyIsOrBelongs(
      @ForAll("keys") List<Bytes> keys, @ForAll("keys") List<Bytes> wanted) {
    TreeSet<Bytes> distinct = new TreeSet<>(keys);
    EntryRun run = filled(List.copyOf(distinct));
    for (Bytes key : wanted) {
      int below = distinct.headSet(key).size();
      assertThat(run.find(key.array())).isEqualTo(distinct.contains(key) ? below : ~below);
      assertThat(run.ceiling(key.array())).isEqualTo(below);
    }
  }

  @Property
  void mergedRunsHaveTheEntriesOfBoth(@ForAll("keys") List<Bytes> keys) {
    List<Bytes> distinct = List.copyOf(new TreeSet<>(keys));
    EntryRun one = new EntryRun();
    EntryRun other = new EntryRun();
    for (Bytes key : distinct) {
      (key.hashCode() % 2 == 0 ? one : other).add(key.array(), key.array());
    }
    if (one.size() > 0 && other.size() > 0) {
      EntryRun merged = EntryRun.merge(one, other);
      assertThat(merged.bytes()).isEqualTo(one.bytes() + other.bytes());
      assertThat(merged.size()).isEqualTo(distinct.size());
      for (int i = 0; i < distinct.size(); i++) {
        assertThat(Bytes.wrap(merged.key(i))).isEqualTo(distinct.get(i));
        assertThat(merged.span().contains(distinct.get(i))).isTrue();
      }
    }
  }

  private static EntryRun filled(List<Bytes> keys) {
    EntryRun run = new EntryRun();
    for (int i = 0; i < keys.size(); i++) {
      run.add(keys.get(i).array(), new byte[] {(byte) i});
    }
    return run;
  }

  /** Often with long common starts, often repeated. */
  @Provide
  Arbitrary<List<Bytes>> keys() {
    Arbitrary<Bytes> wild = Arbitraries.bytes().array(byte[].class).ofMaxSize(3).map(Bytes::wrap);
    Arbitrary<Bytes> alike =
        Arbitraries.bytes()
            .between((byte) 0, (byte) 2)
            .array(byte[].class)
            .ofMinSize(9)
            .ofMaxSize(12)
            .map(tail -> Bytes.utf8("common").concat(Bytes.wrap(tail)));
    return Arbitraries.oneOf(wild.list().ofMaxSize(60), alike.list().ofMaxSize(60));
  }
}
