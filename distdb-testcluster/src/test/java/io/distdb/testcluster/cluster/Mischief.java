// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.api.NodeId;
import io.distdb.api.consensus.GroupStatus;
import io.distdb.api.consensus.MemberChange;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.DiskFaults;
import io.distdb.testkit.disk.DiskOperation;
import io.distdb.testkit.simulation.SimulatedWorld;
import io.distdb.testkit.transport.SimulatedNetwork;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Does what goes wrong, and counts it. */
final class Mischief {
  private static final long MILLI = 1_000_000;
  private static final long HOUR_MICROS = 3_600_000_000L;

  private final SimulatedWorld world;
  private final SimulatedNetwork network;
  private final List<Member> members;
  private final SwarmMix mix;
  private final SeededRandom random;

  /** The load goes on meanwhile. */
  private final Runnable load;

  private final Map<Mishap, Integer> done = new EnumMap<>(Mishap.class);
  private final Set<NodeId> left = new TreeSet<>();
  private int givenUp;

  Mischief(
      SimulatedWorld world,
      SimulatedNetwork network,
      List<Member> members,
      SwarmMix mix,
      SeededRandom random,
      Runnable load) {
    this.world = world;
    this.network = network;
    this.members = members;
    this.mix = mix;
    this.random = random;
    this.load = load;
  }

  Map<Mishap, Integer> done() {
    return done;
  }

  /** Nodes that took no part any more and were started anew. */
  int givenUp() {
    return givenUp;
  }

  /** One of the mishaps of this seed, or an end of those that last. */
  void something() {
    Mishap mishap = mix.draw(random);
    if (mishap == null || random.chance(0.3)) {
      heal();
      return;
    }
    done.merge(mishap, 1, Integer::sum);
    world.trace("mishap", mishap.name(), 0);
    Member victim = random.pick(members);
    switch (mishap) {
      case CRASH, CRASH_IN_DISK_CHANGE, KILL, BLACKOUT, CRASH_LEADERS -> die(mishap, victim);
      case PARTITION, ONE_WAY, DUMB, DEAF, CLOG -> separate(mishap, victim);
      case PAUSE -> victim.node.pause(random.between(20 * MILLI, 1_500 * MILLI));
      case CLOCK_JUMP -> victim.node.clock().jump(random.between(-HOUR_MICROS, HOUR_MICROS));
      case CLOCK_DRIFT -> victim.node.clock().drift((int) random.between(-200_000, 200_000));
      case DISK_FULL -> victim.node.disk().faults().capacityBytes(1);
      case WRITE_ERROR, FORCE_ERROR, READ_ERROR -> diskError(mishap, victim);
      case CHECKPOINT -> housekeep(victim, () -> victim.life().manager().checkpoint());
      case COLLECT -> housekeep(victim, () -> victim.life().manager().collectGarbage());
      case TRANSFER -> atLeader(leader -> leader.members().transfer(victim.id));
      case MEMBERS -> atLeader(this::changeMembers);
    }
  }

  // --- processes ---

  private void die(Mishap mishap, Member victim) {
    switch (mishap) {
      case CRASH -> crash(victim);
      case CRASH_IN_DISK_CHANGE -> {
        victim.node.disk().crashAt(victim.node.disk().boundaries() + random.below(8));
        for (int i = 0; i < 30 && victim.node.isAlive(); i++) {
          load.run();
        }
        crash(victim);
      }
      case KILL -> victim.node.kill();
      case BLACKOUT -> members.forEach(this::crash);
      default -> crashLeaders();
    }
    rest();
    members.forEach(this::revive);
  }

  private void crashLeaders() {
    for (int i = 0; i < 2; i++) {
      for (int n = 0; n < 60 && leader() == null; n++) {
        load.run();
      }
      Member leader = leader();
      if (leader != null) {
        crash(leader);
      }
    }
  }

  private Member leader() {
    return members.stream().filter(Member::leads).findFirst().orElse(null);
  }

  void crash(Member victim) {
    victim.node.crash(random.pick(List.of(CrashMode.values())));
  }

  /** Some time, short or long beside an election. */
  private void rest() {
    long end = world.nowNanos() + random.pick(List.of(1L, 30L, 300L)) * MILLI;
    while (world.nowNanos() < end) {
      load.run();
    }
  }

  /** What is down starts, with a disk that works: a journal that cannot be opened ends a node. */
  void revive(Member member) {
    if (member.hasGivenUp()) {
      givenUp++;
      member.node.kill();
    }
    if (member.life() == null) {
      member.node.disk().faults().heal();
      member.start();
    }
  }

  // --- network ---

  private void separate(Mishap mishap, Member victim) {
    List<NodeId> others =
        members.stream().map(member -> member.id).filter(id -> !id.equals(victim.id)).toList();
    NodeId other = random.pick(others);
    switch (mishap) {
      case PARTITION -> {
        List<NodeId> side = new ArrayList<>(List.of(victim.id));
        if (members.size() == 5 && random.chance(0.5)) {
          side.add(other);
        }
        network.partition(side, others.stream().filter(id -> !side.contains(id)).toList());
      }
      case ONE_WAY -> network.block(victim.id, other);
      case DUMB -> others.forEach(id -> network.block(victim.id, id));
      case DEAF -> others.forEach(id -> network.block(id, victim.id));
      default -> network.clog(victim.id, other, random.between(20 * MILLI, 800 * MILLI));
    }
  }

  // --- disks ---

  private void diskError(Mishap mishap, Member victim) {
    DiskFaults faults = victim.node.disk().faults();
    switch (mishap) {
      case WRITE_ERROR -> failOne(victim, DiskOperation.WRITE);
      case FORCE_ERROR -> failOne(victim, DiskOperation.FORCE);
      default -> {
        faults.failSometimes(DiskOperation.READ, 0.3, DiskFaults.Failure.IO_ERROR);
        victim.node.kill();
        victim.start();
      }
    }
    rest();
    if (random.chance(0.5)) {
      victim.node.kill();
    } else {
      crash(victim);
    }
    rest();
    members.forEach(this::revive);
  }

  private void failOne(Member victim, DiskOperation operation) {
    long number = victim.node.disk().calls(operation) + random.below(4);
    victim.node.disk().faults().failCall(operation, number, DiskFaults.Failure.IO_ERROR);
  }

  // --- members ---

  private void atLeader(Consumer<Member.Life> work) {
    Member leader = leader();
    if (leader != null) {
      Member.Life life = leader.life();
      housekeep(leader, () -> work.accept(life));
    }
  }

  /** Whoever has left does not come back: of a node that forgot its votes nothing is known. */
  private void changeMembers(Member.Life leader) {
    GroupStatus now = leader.members().status();
    List<NodeId> fresh =
        members.stream()
            .map(member -> member.id)
            .filter(id -> !now.voters().contains(id) && !now.learners().contains(id))
            .filter(id -> !left.contains(id))
            .toList();
    if (!now.learners().isEmpty()) {
      NodeId learner = now.learners().get(0);
      NodeId voter = random.pick(now.voters());
      if (random.chance(0.5)) {
        leader.members().change(new MemberChange.Promote(learner));
      } else {
        left.add(voter);
        leader.members().change(new MemberChange.Replace(voter, learner));
      }
    } else if (now.voters().size() > 3 && random.chance(0.5)) {
      NodeId voter = random.pick(now.voters());
      left.add(voter);
      leader.members().change(new MemberChange.Remove(voter));
    } else if (!fresh.isEmpty()) {
      leader.members().change(new MemberChange.Add(fresh.get(0)));
    }
  }

  private void housekeep(Member member, Runnable work) {
    if (member.life() == null) {
      return;
    }
    member
        .life()
        .scheduler()
        .start(
            "housekeeping",
            () -> {
              try {
                work.run();
              } catch (DistDbException refusal) {
                if (refusal.code() != ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE
                    && refusal.code() != ErrorCode.UNDEFINED_OBJECT) {
                  Ending.of(refusal);
                }
              }
            });
  }

  // --- the end of it ---

  /** What lasts ends; whoever is down comes back. */
  void heal() {
    network.heal();
    network.faults(mix.network());
    for (Member member : members) {
      member.node.disk().faults().heal();
      revive(member);
    }
  }
}
