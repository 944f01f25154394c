// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values are added and never removed: what was acknowledged is in every read that began later, what
 * was seen stays, and nothing comes from nowhere. An add of unknown outcome may show up at any
 * time, or never.
 */
public final class SetChecker {
  /** One value, added at most once in a history. */
  public record Add(long value, Outcome outcome, long invokedAt, long returnedAt) {}

  /** The whole set, duplicates included. */
  public record Read(List<Long> values, long invokedAt, long returnedAt) {
    public Read {
      values = List.copyOf(values);
    }
  }

  public CheckResult check(List<Add> adds, List<Read> reads) {
    CheckResult.Builder result = new CheckResult.Builder();
    Map<Long, Add> addOf = new HashMap<>();
    for (Add add : adds) {
      if (addOf.put(add.value(), add) != null) {
        result.add(AnomalyKind.MALFORMED_HISTORY, "value %d was added twice", add.value());
      }
    }
    List<Set<Long>> contents = new ArrayList<>();
    for (Read read : reads) {
      contents.add(checkContent(read, addOf, result));
    }
    for (int i = 0; i < reads.size(); i++) {
      checkAcknowledged(reads.get(i), contents.get(i), adds, result);
    }
    checkKept(reads, contents, result);
    return result.build();
  }

  private static Set<Long> checkContent(
      Read read, Map<Long, Add> addOf, CheckResult.Builder result) {
    Set<Long> content = new HashSet<>();
    for (long value : read.values()) {
      Add add = addOf.get(value);
      if (!content.add(value)) {
        result.add(
            AnomalyKind.DUPLICATE_ELEMENT,
            "the read at %d saw value %d twice",
            read.invokedAt(),
            value);
      } else if (add == null || add.outcome() == Outcome.ABORTED) {
        result.add(
            AnomalyKind.PHANTOM,
            "the read at %d saw value %d, which was not added: %s",
            read.invokedAt(),
            value,
            add);
      } else if (add.invokedAt() > read.returnedAt()) {
        result.add(
            AnomalyKind.PHANTOM,
            "the read that ended at %d saw value %d before it was added: %s",
            read.returnedAt(),
            value,
            add);
      }
    }
    return content;
  }

  private static void checkAcknowledged(
      Read read, Set<Long> content, List<Add> adds, CheckResult.Builder result) {
    for (Add add : adds) {
      if (add.outcome() == Outcome.COMMITTED
          && add.returnedAt() < read.invokedAt()
          && !content.contains(add.value())) {
        result.add(
            AnomalyKind.LOST,
            "the read at %d lacks value %d, acknowledged at %d",
            read.invokedAt(),
            add.value(),
            add.returnedAt());
      }
    }
  }

  /** What any read saw that had returned must be in every read that began after it. */
  private static void checkKept(
      List<Read> reads, List<Set<Long>> contents, CheckResult.Builder result) {
    List<Integer> byBegin = new ArrayList<>();
    List<Integer> byReturn = new ArrayList<>();
    for (int i = 0; i < reads.size(); i++) {
      byBegin.add(i);
      byReturn.add(i);
    }
    byBegin.sort(Comparator.comparingLong(i -> reads.get(i).invokedAt()));
    byReturn.sort(Comparator.comparingLong(i -> reads.get(i).returnedAt()));
    Map<Long, Integer> seenBy = new HashMap<>();
    int returned = 0;
    for (int later : byBegin) {
      long begin = reads.get(later).invokedAt();
      while (returned < byReturn.size() && reads.get(byReturn.get(returned)).returnedAt() < begin) {
        int earlier = byReturn.get(returned++);
        contents.get(earlier).forEach(value -> seenBy.putIfAbsent(value, earlier));
      }
      for (Map.Entry<Long, Integer> seen : seenBy.entrySet()) {
        if (!contents.get(later).contains(seen.getKey())) {
          result.add(
              AnomalyKind.VANISHED,
              "the read at %d lacks value %d, which the read that ended at %d saw",
              begin,
              seen.getKey(),
              reads.get(seen.getValue()).returnedAt());
        }
      }
    }
  }
}
