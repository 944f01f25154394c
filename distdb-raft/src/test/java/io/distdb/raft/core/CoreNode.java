// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/** One node: a core while it is up, and what outlives the core. */
final class CoreNode {
  final NodeId id;
  final RaftSettings settings;
  final CoreDisk disk;
  private final long seed;
  private final Supplier<Strategy> strategies;

  /** What was asked for and is not on the disk yet, in order. */
  final ArrayDeque<Effect.Persist> writes = new ArrayDeque<>();

  /** Null while the node is down. */
  RaftCore core;

  Strategy strategy;

  /** The state machine has applied through here. */
  long machine;

  int lives;

  private String digest;

  CoreNode(
      NodeId id,
      RaftSettings settings,
      long seed,
      RaftCore.OnDisk content,
      Supplier<Strategy> strategies) {
    this.id = id;
    this.settings = settings;
    this.seed = seed;
    this.strategies = strategies;
    disk = new CoreDisk(content);
  }

  /** {@link CoreDigest}, made once: for who changes copies only. */
  String digest() {
    if (digest == null) {
      digest = CoreDigest.of(this);
    }
    return digest;
  }

  /** The core is copied; its strategy, which may remember things, is shared. */
  CoreNode copy() {
    CoreNode copy = new CoreNode(id, settings, seed, disk.read(), strategies);
    copy.writes.addAll(writes);
    copy.core = core == null ? null : core.copy();
    copy.strategy = strategy;
    copy.machine = machine;
    copy.lives = lives;
    return copy;
  }

  boolean isUp() {
    return core != null;
  }

  boolean leads() {
    return isUp() && core.leads();
  }

  void start() {
    lives++;
    core = RaftCore.start(id, settings, seed + 31L * lives, disk.read());
    strategy = strategies.get();
    machine = disk.machine;
  }

  /**
   * @param parts how many records of the writes that were under way are on the disk all the same
   */
  void crash(int parts) {
    int left = parts;
    for (Effect.Persist write : writes) {
      int some = Math.min(left, CoreDisk.parts(write));
      disk.write(write, some);
      left -= some;
      if (some < CoreDisk.parts(write)) {
        break;
      }
    }
    writes.clear();
    core = null;
    machine = disk.machine;
  }

  int partsUnderWay() {
    return writes.stream().mapToInt(CoreDisk::parts).sum();
  }

  @Override
  public String toString() {
    return id + " " + (isUp() ? core : "down") + " | " + disk + " | " + writes;
  }
}
