// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

/**
 * Who stands in a request's way. One definition for both uses: a request is granted when nobody
 * does, and the deadlock detector walks from each request to those who do.
 *
 * <p>The rule, for a request of owner o: every conflicting lock that is held by another; and, for
 * fairness, every conflicting request of another that came earlier, unless that one waits for a
 * lock of o's own (then it cannot come first, and queueing behind it would make a deadlock of
 * nothing).
 */
final class Blockers {
  /** Told of each blocker; true ends the walk. */
  interface Visitor {
    boolean visit(LockOwner blocker);
  }

  private static final Visitor FIRST = blocker -> true;

  private Blockers() {}

  /** Under the entry's stripe at least. */
  static boolean any(KeyRequest request, RangeRequest[] ranges) {
    return visit(request, ranges, FIRST);
  }

  /** Under all stripes. */
  static boolean any(RangeRequest request, Stripe[] stripes, RangeRequest[] ranges) {
    return visit(request, stripes, ranges, FIRST);
  }

  static boolean visit(KeyRequest request, RangeRequest[] ranges, Visitor visitor) {
    LockOwner owner = request.owner;
    for (Grant grant = request.entry.holders; grant != null; grant = grant.nextHolder) {
      if (grant.owner != owner
          && request.conflicts(grant.exclusive)
          && visitor.visit(grant.owner)) {
        return true;
      }
    }
    KeyRequest ahead = request.entry.queue;
    for (; ahead != null && ahead != request; ahead = ahead.next) {
      if (request.upgrade && !ahead.upgrade) {
        break;
      }
      if (ahead.owner != owner
          && request.conflicts(ahead.exclusive)
          && visitor.visit(ahead.owner)) {
        return true;
      }
    }
    for (RangeRequest range : ranges) {
      if (blocks(range, request) && visitor.visit(range.owner)) {
        return true;
      }
    }
    return false;
  }

  private static boolean blocks(RangeRequest range, KeyRequest request) {
    if (range.owner == request.owner
        || !range.mode.conflictsWithKey(request.exclusive)
        || !range.contains(request.space, request.entry.key)) {
      return false;
    }
    return range.held()
        || !request.upgrade && range.ticket < request.ticket && !waitsFor(range, request.owner);
  }

  static boolean visit(
      RangeRequest request, Stripe[] stripes, RangeRequest[] ranges, Visitor visitor) {
    for (RangeRequest other : ranges) {
      if (blocks(other, request) && visitor.visit(other.owner)) {
        return true;
      }
    }
    for (Stripe stripe : stripes) {
      for (LockEntry head : stripe.buckets()) {
        for (LockEntry entry = head; entry != null; entry = entry.nextInBucket) {
          if (request.contains(entry.space, entry.key) && visitEntry(entry, request, visitor)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean blocks(RangeRequest other, RangeRequest request) {
    return other.owner != request.owner
        && other.space == request.space
        && request.mode.conflictsWith(other.mode)
        && (other.held() || other.ticket < request.ticket && !waitsFor(other, request.owner))
        && other.range.overlaps(request.range);
  }

  private static boolean visitEntry(LockEntry entry, RangeRequest request, Visitor visitor) {
    for (Grant grant = entry.holders; grant != null; grant = grant.nextHolder) {
      if (grant.owner != request.owner
          && request.mode.conflictsWithKey(grant.exclusive)
          && visitor.visit(grant.owner)) {
        return true;
      }
    }
    for (KeyRequest waiting = entry.queue; waiting != null; waiting = waiting.next) {
      if (waiting.owner != request.owner
          && waiting.ticket < request.ticket
          && request.mode.conflictsWithKey(waiting.exclusive)
          && !waitsFor(waiting, request.owner)
          && visitor.visit(waiting.owner)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a lock that {@code holder} holds keeps the waiting {@code request} out. */
  private static boolean waitsFor(Request request, LockOwner holder) {
    for (RangeRequest range = holder.ranges(); range != null; range = range.nextOwned) {
      if (range.space == request.space && conflict(request, range)) {
        return true;
      }
    }
    return switch (request) {
      case KeyRequest key -> {
        Grant grant = key.entry.grantOf(holder);
        yield grant != null && key.conflicts(grant.exclusive);
      }
      case RangeRequest range -> holdsWithin(holder, range);
    };
  }

  private static boolean conflict(Request request, RangeRequest range) {
    return switch (request) {
      case KeyRequest key ->
          range.mode.conflictsWithKey(key.exclusive) && range.range.contains(key.entry.key);
      case RangeRequest other ->
          range.mode.conflictsWith(other.mode) && range.range.overlaps(other.range);
    };
  }

  private static boolean holdsWithin(LockOwner holder, RangeRequest range) {
    for (Grant grant = holder.grants(); grant != null; grant = grant.nextOwned) {
      if (range.mode.conflictsWithKey(grant.exclusive)
          && range.contains(grant.entry.space, grant.entry.key)) {
        return true;
      }
    }
    return false;
  }
}
