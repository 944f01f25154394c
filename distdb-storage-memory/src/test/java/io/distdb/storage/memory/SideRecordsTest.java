// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SideRecordsTest {
  private static Map<Bytes, Bytes> all(SideRecords records, Bytes prefix) {
    Map<Bytes, Bytes> found = new TreeMap<>();
    records.forEach(prefix, found::put);
    return found;
  }

  /** Positive numbers put, negative ones remove. */
  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void agreesWithATreeMapAndKeepsOldMaps(
      @ForAll @Size(max = 200) List<@IntRange(min = -40, max = 40) Integer> changes) {
    SideRecords records = SideRecords.EMPTY;
    TreeMap<Bytes, Bytes> model = new TreeMap<>();
    SideRecords held = records;
    TreeMap<Bytes, Bytes> heldModel = new TreeMap<>();
    for (int i = 0; i < changes.size(); i++) {
      Bytes key = Bytes.utf8(Integer.toString(Math.abs(changes.get(i))));
      if (changes.get(i) >= 0) {
        records = records.with(key, Bytes.utf8("value " + i));
        model.put(key, Bytes.utf8("value " + i));
      } else {
        records = records.without(key);
        model.remove(key);
      }
      assertThat(records.get(key)).isEqualTo(model.get(key));
      if (i == changes.size() / 2) {
        held = records;
        heldModel.putAll(model);
      }
    }
    assertThat(all(records, Bytes.EMPTY)).isEqualTo(model);
    TreeMap<Bytes, Bytes> ones = new TreeMap<>(model);
    ones.keySet().removeIf(key -> !key.startsWith(Bytes.utf8("1")));
    assertThat(all(records, Bytes.utf8("1"))).isEqualTo(ones);
    assertThat(all(held, Bytes.EMPTY)).isEqualTo(heldModel);
    assertThat(records.height()).isLessThanOrEqualTo(heightMax(model.size()));
  }

  private static int heightMax(int size) {
    return (int) Math.ceil(1.4405 * Math.log(size + 2) / Math.log(2));
  }

  @Test
  void staysFlatWhateverTheOrder() {
    SideRecords rising = SideRecords.EMPTY;
    for (int i = 0; i < 10_000; i++) {
      rising = rising.with(Bytes.utf8(String.format("%06d", i)), Bytes.EMPTY);
    }
    assertThat(rising.height()).isLessThanOrEqualTo(heightMax(10_000));
    long bytes = rising.bytes();
    for (int i = 0; i < 9_900; i++) {
      rising = rising.without(Bytes.utf8(String.format("%06d", i)));
    }
    assertThat(rising.height()).isLessThanOrEqualTo(heightMax(100));
    assertThat(rising.bytes()).isEqualTo(bytes / 100);
  }

  @Test
  void builtFromSortedListsIsTheSameMap() {
    List<Bytes> keys = new ArrayList<>();
    SideRecords one = SideRecords.EMPTY;
    for (int i = 0; i < 1_000; i++) {
      keys.add(Bytes.utf8(String.format("%04d", i)));
      one = one.with(keys.get(i), keys.get(i));
    }
    SideRecords built = SideRecords.ofSorted(keys, keys);
    assertThat(all(built, Bytes.EMPTY)).isEqualTo(all(one, Bytes.EMPTY));
    assertThat(built.bytes()).isEqualTo(one.bytes());
    assertThat(built.height()).isEqualTo(10);
  }
}
