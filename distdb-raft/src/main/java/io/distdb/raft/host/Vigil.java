// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.NodeId;
import io.distdb.raft.core.Event;
import io.distdb.raft.core.RaftCore;
import io.distdb.raft.core.RaftSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The time of all groups. Those that are awake get each tick; over those that sleep it watches: it
 * says a word to the nodes that they depend on, the leader's or the other members', one for all
 * groups, and wakes them when nothing was heard of such a node. Used by who has the host's turn.
 */
final class Vigil {
  private final Mailroom mail;
  private final Peers peers;

  /** Ticks between two looks whether a group may sleep. */
  private final int restTicks;

  /** Ticks between two words to a node. */
  private final int wordTicks;

  /** Ticks without a word after which something is the matter; more than two words. */
  private final int silentTicks;

  private long ticks;

  /** Those that sleep, and the nodes that each depends on. */
  private final Map<HostedGroup, List<NodeId>> sleepers = new LinkedHashMap<>();

  Vigil(Mailroom mail, Peers peers, RaftSettings settings) {
    this.mail = mail;
    this.peers = peers;
    restTicks = Math.max(1, settings.electionTicks() / 2);
    wordTicks = 2 * settings.heartbeatTicks();
    silentTicks = Math.max(settings.electionTicks() - settings.heartbeatTicks(), 2 * wordTicks + 1);
  }

  void tick(List<HostedGroup> all) {
    ticks++;
    peers.tick();
    boolean silence = peers.areSilent(silentTicks);
    sleepers.entrySet().removeIf(sleeper -> !sleeper.getKey().core().sleeps());
    if (silence) {
      sleepers.forEach(this::wake);
    }
    if (ticks % wordTicks == 0) {
      sleepers.values().forEach(nodes -> nodes.forEach(mail::beat));
    }
    boolean rest = ticks % restTicks == 0;
    for (HostedGroup group : all) {
      if (!group.core().sleeps()) {
        group.tick();
        if (rest && group.isIdle()) {
          rest(group);
        }
      }
    }
  }

  private void wake(HostedGroup group, List<NodeId> nodes) {
    nodes.stream()
        .mapToInt(peers::silentTicks)
        .filter(silent -> silent >= silentTicks)
        .max()
        .ifPresent(silent -> group.step(new Event.Wake(silent)));
  }

  private void rest(HostedGroup group) {
    group.step(new Event.Rest());
    RaftCore core = group.core();
    if (core.sleeps()) {
      List<NodeId> nodes =
          core.leads() ? core.membership().everyone() : core.leader().stream().toList();
      sleepers.put(group, nodes.stream().filter(node -> !node.equals(core.self())).toList());
    }
  }
}
