// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Keys are written once each; snapshots of one group of keys must then lie on one line: of two
 * reads, one saw all that the other saw.
 */
public final class LongForkChecker {
  /**
   * A read of a group of keys in one snapshot.
   *
   * @param group the same for all reads of the same keys
   * @param present the keys that were there
   */
  public record Read(String group, TreeSet<Long> present) {
    public Read {
      present = new TreeSet<>(present);
    }
  }

  public CheckResult check(List<Read> reads) {
    CheckResult.Builder result = new CheckResult.Builder();
    Map<String, List<Read>> groups = new TreeMap<>();
    reads.forEach(
        read -> groups.computeIfAbsent(read.group(), absent -> new ArrayList<>()).add(read));
    groups.values().forEach(group -> checkGroup(group, result));
    return result.build();
  }

  /** Sets are a chain exactly when, sorted by size, each contains the one before. */
  private static void checkGroup(List<Read> group, CheckResult.Builder result) {
    List<Read> bySize = new ArrayList<>(group);
    bySize.sort(Comparator.comparingInt(read -> read.present().size()));
    for (int i = 1; i < bySize.size(); i++) {
      Read less = bySize.get(i - 1);
      Read more = bySize.get(i);
      if (!more.present().containsAll(less.present())) {
        result.add(
            AnomalyKind.LONG_FORK,
            "group %s: one read saw %s, another %s",
            less.group(),
            less.present(),
            more.present());
      }
    }
  }
}
