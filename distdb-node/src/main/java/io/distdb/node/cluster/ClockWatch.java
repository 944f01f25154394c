// SPDX-License-Identifier: MIT
package io.distdb.node.cluster;

import io.distdb.api.NodeId;
import io.distdb.api.consensus.GroupStatus;
import io.distdb.api.consensus.ReplicatedGroup;
import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares this node's wall clock with those of the other members now and then, and says by name
 * which one is off. Nothing that is committed or read depends on clocks; but whoever leads hands
 * out timestamps of its time, so a node whose clock most others contradict hands the leadership to
 * one of them. docs/adr/0031.
 */
public final class ClockWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** While something is off. */
  private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ReplicatedGroup group;
  private final ClockProbe probe;
  private final long limitMicros;
  private final Waiter wake;
  private final Questions questions;

  /** Whose clock was said to be off, ahead or behind. Used by the thread of this. */
  private final Map<NodeId, Boolean> ahead = new TreeMap<>();

  private final Optional<Scheduler.Task> thread;
  private boolean saidOfItself;
  private volatile ClockSurvey survey;
  private volatile boolean closed;

  /**
   * Begins its work, in a thread of its own.
   *
   * @param limitMillis up to which two clocks agree; 0: they are not compared
   */
  public ClockWatch(
      ReplicatedGroup group, ClockProbe probe, long limitMillis, Scheduler scheduler) {
    this.group = group;
    this.probe = probe;
    questions = new Questions(scheduler);
    limitMicros = TimeUnit.MILLISECONDS.toMicros(limitMillis);
    survey = new ClockSurvey(Map.of(), limitMicros);
    wake = scheduler.newWaiter();
    thread =
        limitMillis == 0
            ? Optional.empty()
            : Optional.of(scheduler.start("distdb-clocks", this::run));
  }

  /** What the last look has found. */
  ClockSurvey survey() {
    return survey;
  }

  private void run() {
    wake.awaitUninterruptibly(SOON_NANOS);
    while (!closed) {
      long pause = LOOK_NANOS;
      try {
        GroupStatus status = group.status();
        ClockSurvey now =
            new ClockSurvey(questions.ask(others(status), probe::measure), limitMicros);
        survey = now;
        now.offsets().forEach((other, offset) -> say(status.node(), other, offset));
        Set<NodeId> right = now.againstThis();
        sayOfItself(status.node(), right, now);
        pause = ahead.isEmpty() ? LOOK_NANOS : SOON_NANOS;
        if (status.leads() && !right.isEmpty()) {
          pause = LOOK_NANOS;
          handOver(status, right);
        }
      } catch (DistDbException later) {
        LOG.debug("clocks are compared later: {}", later.getMessage());
      }
      wake.awaitUninterruptibly(pause);
    }
  }

  private static Set<NodeId> others(GroupStatus status) {
    Set<NodeId> others = new TreeSet<>(status.voters());
    others.addAll(status.outgoing());
    others.addAll(status.learners());
    others.remove(status.node());
    return others;
  }

  /** Once when it becomes so, and once when it is over for certain. */
  private void say(NodeId self, NodeId other, ClockOffset offset) {
    if (offset.isBeyond(limitMicros)) {
      boolean now = offset.micros() > 0;
      if (!Boolean.valueOf(now).equals(ahead.put(other, now))) {
        LOG.warn(
            "the clock of node {} is {} that of this node, {}; clock_offset_limit is {}",
            other,
            offset.text(),
            self,
            ClockOffset.seconds(limitMicros));
      }
    } else if (offset.isWithin(limitMicros) && ahead.remove(other) != null) {
      LOG.info("the clock of node {} agrees with that of this node, {}, again", other, self);
    }
  }

  private void sayOfItself(NodeId self, Set<NodeId> right, ClockSurvey now) {
    if (right.isEmpty() == !saidOfItself) {
      return;
    }
    saidOfItself = !right.isEmpty();
    if (saidOfItself) {
      NodeId one = right.iterator().next();
      LOG.warn(
          "the clock of this node, {}, is off: the clocks of nodes {} agree, and that of node {} is"
              + " {} it. Set it right; meanwhile this node does not lead if one of them can",
          self,
          right.stream().map(NodeId::value).collect(Collectors.joining(", ")),
          one,
          now.offsets().get(one).text());
    } else {
      LOG.info("the clock of this node, {}, agrees with most others again", self);
    }
  }

  private void handOver(GroupStatus status, Set<NodeId> right) {
    Optional<NodeId> heir =
        status.peers().stream()
            .filter(peer -> peer.answers() && right.contains(peer.node()))
            .map(GroupStatus.Peer::node)
            .filter(status.voters()::contains)
            .findFirst();
    if (heir.isPresent() && status.outgoing().isEmpty()) {
      LOG.warn(
          "node {} leads no more, since its clock is off: node {} is to",
          status.node(),
          heir.get());
      group.transfer(heir.get());
    }
  }

  @Override
  public void close() {
    closed = true;
    wake.signal();
    questions.close();
    thread.ifPresent(Scheduler.Task::join);
  }
}
