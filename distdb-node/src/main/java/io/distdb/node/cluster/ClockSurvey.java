// SPDX-License-Identifier: MIT
package io.distdb.node.cluster;

import io.distdb.api.NodeId;
import io.distdb.api.cluster.MemberView;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What this node's clock is among those that it could ask. When they disagree, those are right that
 * agree with most, as the falsetickers of RFC 5905, 11.2.1, are found; where there is no majority,
 * nobody is wrong more than another. Pure.
 *
 * @param offsets of the others that answered
 * @param limitMicros up to which clocks agree
 */
record ClockSurvey(Map<NodeId, ClockOffset> offsets, long limitMicros) {
  private static final ClockOffset OWN = new ClockOffset(0, 0);

  ClockSurvey {
    offsets = new TreeMap<>(offsets);
  }

  /**
   * Those that agree with each other and not with this node, if they are most of all that are known
   * of, this one among them; else nobody.
   */
  Set<NodeId> againstThis() {
    if (isMajority(agreeingWith(OWN).size() + 1)) {
      return Set.of();
    }
    for (Map.Entry<NodeId, ClockOffset> each : offsets.entrySet()) {
      if (each.getValue().isBeyond(limitMicros)) {
        Set<NodeId> agreeing = agreeingWith(each.getValue());
        if (isMajority(agreeing.size())) {
          return agreeing;
        }
      }
    }
    return Set.of();
  }

  MemberView.MemberClock ofThis() {
    return new MemberView.MemberClock(0, againstThis().isEmpty());
  }

  /** Empty: it did not answer. */
  Optional<MemberView.MemberClock> of(NodeId node) {
    return Optional.ofNullable(offsets.get(node))
        .map(offset -> new MemberView.MemberClock(offset.micros(), !offset.isBeyond(limitMicros)));
  }

  private boolean isMajority(int count) {
    return 2 * count > offsets.size() + 1;
  }

  private Set<NodeId> agreeingWith(ClockOffset one) {
    Set<NodeId> agreeing = new TreeSet<>();
    offsets.forEach((node, offset) -> {
      if (!offset.from(one).isBeyond(limitMicros)) {
        agreeing.add(node);
      }
    });
    return agreeing;
  }
}
