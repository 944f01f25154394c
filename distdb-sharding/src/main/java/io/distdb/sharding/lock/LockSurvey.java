// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.index.IndexId;
import io.distdb.api.txn.LockView;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks over a lock table for people. It holds one stripe at a time, for a walk over its entries;
 * so that locks which move on meanwhile may be seen twice or not at all.
 */
final class LockSurvey {
  private final List<LockView> found = new ArrayList<>();
  private int quietLeft;

  private LockSurvey(int quietMax) {
    quietLeft = quietMax;
  }

  /**
   * @param quietMax of held keys that nobody waits for, how many at most
   */
  static List<LockView> of(Stripe[] stripes, RangeRequest[] ranges, int quietMax) {
    LockSurvey survey = new LockSurvey(quietMax);
    for (RangeRequest range : ranges) {
      survey.add(range);
    }
    for (Stripe stripe : stripes) {
      stripe.guard.lock();
      try {
        survey.add(stripe);
      } finally {
        stripe.guard.unlock();
      }
    }
    return survey.found;
  }

  private void add(Stripe stripe) {
    for (LockEntry head : stripe.buckets()) {
      for (LockEntry entry = head; entry != null; entry = entry.nextInBucket) {
        add(entry);
      }
    }
  }

  private void add(LockEntry entry) {
    boolean quiet = entry.queue == null && !LockSpace.isTable(entry.space);
    for (Grant grant = entry.holders; grant != null; grant = grant.nextHolder) {
      if (!quiet || quietLeft-- > 0) {
        LockView.Target target = target(entry.space, entry.key);
        found.add(view(grant.owner, target, mode(grant.exclusive), 0));
      }
    }
    for (KeyRequest request = entry.queue; request != null; request = request.next) {
      add(request);
    }
  }

  private void add(Request request) {
    if (request.state != Request.State.VICTIM) {
      found.add(view(request));
    }
  }

  static LockView view(Request request) {
    long since = request.state == Request.State.GRANTED ? 0 : request.sinceMicros;
    return switch (request) {
      case KeyRequest key ->
          view(key.owner, target(key.space, key.entry.key), mode(key.exclusive), since);
      case RangeRequest range -> view(range.owner, target(range), mode(range.mode), since);
    };
  }

  private static LockView view(
      LockOwner owner, LockView.Target target, LockView.Mode mode, long since) {
    return new LockView(owner.party(), owner.age(), target, mode, since);
  }

  private static LockView.Target target(long space, Bytes key) {
    return LockSpace.isTable(space)
        ? new LockView.Target.OfTable(new TableId(~space))
        : new LockView.Target.OfKey(new IndexId(space), print(0, key));
  }

  private static LockView.Target target(RangeRequest request) {
    Bytes from = request.range.from();
    Bytes to = request.range.to();
    long print = print(1, from);
    return new LockView.Target.OfRange(
        new IndexId(request.space),
        from.isEmpty() && to == null,
        to == null ? print : print(print, to));
  }

  private static LockView.Mode mode(boolean exclusive) {
    return exclusive ? LockView.Mode.EXCLUSIVE : LockView.Mode.SHARED;
  }

  private static LockView.Mode mode(RangeMode mode) {
    return switch (mode) {
      case SHARED -> LockView.Mode.SHARED;
      case EXCLUSIVE -> LockView.Mode.EXCLUSIVE;
      case APART -> LockView.Mode.APART;
    };
  }

  /** FNV-1a (Fowler, Noll, Vo), which goes on from {@code start}. */
  private static long print(long start, Bytes bytes) {
    long hash = start ^ 0xcbf29ce484222325L;
    for (int i = 0; i < bytes.length(); i++) {
      hash = (hash ^ bytes.at(i) & 0xff) * 0x100000001b3L;
    }
    return hash;
  }
}
