// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** What a majority of a membership's voters, of both halves of a joint one, agrees on. */
final class Quorum {
  private Quorum() {}

  /** Whether those who agree are a quorum. Nobody is never one. */
  static boolean agrees(Membership membership, Predicate<NodeId> yes) {
    return majority(membership.voters(), yes)
        && (!membership.isJoint() || majority(membership.outgoing(), yes));
  }

  private static boolean majority(List<NodeId> voters, Predicate<NodeId> yes) {
    return !voters.isEmpty() && voters.stream().filter(yes).count() > voters.size() / 2;
  }

  /** The highest value that a quorum has reached. */
  static long reached(Membership membership, ToLongFunction<NodeId> value) {
    long all = reached(membership.voters(), value);
    return membership.isJoint() ? Math.min(all, reached(membership.outgoing(), value)) : all;
  }

  private static long reached(List<NodeId> voters, ToLongFunction<NodeId> value) {
    if (voters.isEmpty()) {
      return 0;
    }
    long[] values = voters.stream().mapToLong(value).toArray();
    Arrays.sort(values);
    return values[(values.length - 1) / 2];
  }
}
