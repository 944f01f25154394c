// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

import io.distdb.api.Bytes;
import io.distdb.api.index.KeyRange;
import java.util.Arrays;

/** Keeps the array of ranges short: what covers, replaces. */
final class RangeMerge {
  private RangeMerge() {}

  /** A request for {@code range}, or for a span of all the owner's ranges when they are many. */
  static RangeRequest request(LockOwner owner, long space, KeyRange range, RangeMode mode) {
    int count = 0;
    RangeMode strongest = mode;
    KeyRange span = range;
    for (RangeRequest own = owner.ranges(); own != null; own = own.nextOwned) {
      if (own.space == space) {
        count++;
        strongest = strongest.with(own.mode);
        span = span(span, own.range);
      }
    }
    return count < LockTable.RANGES_PER_OWNER_MAX
        ? new RangeRequest(owner, space, range, mode)
        : new RangeRequest(owner, space, span, strongest);
  }

  private static KeyRange span(KeyRange a, KeyRange b) {
    Bytes from = a.from().compareTo(b.from()) <= 0 ? a.from() : b.from();
    if (a.to() == null || b.to() == null) {
      return new KeyRange(from, null);
    }
    return new KeyRange(from, a.to().compareTo(b.to()) >= 0 ? a.to() : b.to());
  }

  static RangeRequest[] with(RangeRequest[] ranges, RangeRequest added) {
    RangeRequest[] more = Arrays.copyOf(ranges, ranges.length + 1);
    more[ranges.length] = added;
    return more;
  }

  static RangeRequest[] without(RangeRequest[] ranges, RangeRequest removed) {
    if (ranges.length == 1 && ranges[0] == removed) {
      return LockTable.NO_RANGES;
    }
    RangeRequest[] fewer = new RangeRequest[ranges.length];
    int kept = 0;
    for (RangeRequest range : ranges) {
      if (range != removed) {
        fewer[kept++] = range;
      }
    }
    return Arrays.copyOf(fewer, kept);
  }

  /** Takes away the owner's ranges that {@code wider}, just granted, covers. */
  static RangeRequest[] dropCovered(RangeRequest[] ranges, RangeRequest wider) {
    LockOwner owner = wider.owner;
    RangeRequest kept = null;
    RangeRequest[] left = ranges;
    for (RangeRequest own = owner.ranges(); own != null; ) {
      RangeRequest next = own.nextOwned;
      if (wider.covers(own.space, own.range, own.mode)) {
        left = without(left, own);
      } else {
        own.nextOwned = kept;
        kept = own;
      }
      own = next;
    }
    owner.setRanges(kept);
    return left;
  }
}
