// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

/** What can go wrong at a node or between nodes, each by itself; a seed has some of them. */
enum Mishap {
  /** The power goes, now. */
  CRASH(4),
  /** The power goes in the middle of one of the next changes of the disk. */
  CRASH_IN_DISK_CHANGE(4),
  /** As {@code kill -9} does it: what was written is still in the cache of the system. */
  KILL(3),
  /** All power goes at once. */
  BLACKOUT(1),
  /** The leader goes; when another one leads, that one too. */
  CRASH_LEADERS(2),
  /** A node sees nobody, and nobody sees it. */
  PARTITION(4),
  /** One direction between two nodes is lost. */
  ONE_WAY(3),
  /** A node hears everybody, and nobody hears it. */
  DUMB(2),
  /** A node is heard by everybody, and hears nobody. */
  DEAF(2),
  /** What one node sends another is held back, and then comes all at once. */
  CLOG(3),
  /** All threads of a process stand still. */
  PAUSE(4),
  /** A wall clock moves by up to an hour, either way. */
  CLOCK_JUMP(3),
  /** Clocks run faster or slower, by up to a fifth. */
  CLOCK_DRIFT(2),
  /** Nothing more fits on a disk. */
  DISK_FULL(3),
  /** One write fails; the node is started anew after a while. */
  WRITE_ERROR(2),
  /** One force fails; the node is started anew after a while. */
  FORCE_ERROR(2),
  /** Reads fail, also while a node starts. */
  READ_ERROR(2),
  /** A node saves its state and lets its log go: who lags behind needs a snapshot. */
  CHECKPOINT(6),
  /** Old versions go. */
  COLLECT(2),
  /** The leader hands over to another voter. */
  TRANSFER(3),
  /** A node comes to the group, votes, takes the place of another one, or leaves for ever. */
  MEMBERS(5);

  private final int weight;

  Mishap(int weight) {
    this.weight = weight;
  }

  /** How often it happens beside others. */
  int weight() {
    return weight;
  }
}
