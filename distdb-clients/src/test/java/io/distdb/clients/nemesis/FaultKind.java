// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import java.util.Locale;

/** What the nemesis does to nodes. Each ends after some seconds. */
enum FaultKind {
  /** SIGKILL, and a start after some time. */
  KILL(Group.PROCESS, false),
  /** SIGKILL for all at once. */
  KILL_ALL(Group.PROCESS, true),
  /** SIGSTOP until SIGCONT: nothing of it runs, its connections stay. */
  PAUSE(Group.PROCESS, false),
  /** Neither hears the node of the others nor they of it; its clients reach it. */
  ISOLATE(Group.NETWORK, true),
  /** The node hears nothing of the others, they hear it. */
  DEAF(Group.NETWORK, true),
  /** The others hear nothing of the node, it hears them. */
  MUTE(Group.NETWORK, true),
  /** Each node hears all but the next: of three, every one lacks a link, one way. */
  RING(Group.NETWORK, true),
  /** Two nodes that do not hear each other, a third that hears both. */
  BRIDGE(Group.NETWORK, true),
  /** No node hears another. */
  SHATTER(Group.NETWORK, true),
  /** The node and the clients do not hear each other. */
  CUT_CLIENTS(Group.NETWORK, false),
  /** The wall clock jumps by up to an hour, and jumps back. */
  CLOCK_JUMP(Group.CLOCK, false),
  /** SIGKILL, and a start with a wall clock that is up to an hour off until the fault ends. */
  CLOCK_AT_START(Group.PROCESS, false),
  /** No block of its disk is left. */
  FULL_DISK(Group.DISK, false),
  /** SIGKILL, and its data deleted: it is removed, and comes back as a new member. */
  WIPE(Group.MEMBERS, true);

  /** Of one group there is one fault at a time. */
  enum Group {
    PROCESS,
    NETWORK,
    CLOCK,
    DISK,
    /** Alone: the others have to agree on it. */
    MEMBERS
  }

  private final Group group;
  private final boolean needsOthers;

  FaultKind(Group group, boolean needsOthers) {
    this.group = group;
    this.needsOthers = needsOthers;
  }

  /** Whether it says nothing on a node that is alone. */
  boolean needsOthers() {
    return needsOthers;
  }

  /**
   * Whether both may be there at a time. A node that starts on a full disk may refuse to, and its
   * clock is given once.
   */
  boolean goesWith(FaultKind other) {
    boolean startsAgain = group == Group.PROCESS || other.group == Group.PROCESS;
    boolean clockOrDisk =
        group.ordinal() >= Group.CLOCK.ordinal() || other.group.ordinal() >= Group.CLOCK.ordinal();
    boolean members = group == Group.MEMBERS || other.group == Group.MEMBERS;
    return group != other.group && !members && !(startsAgain && clockOrDisk);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
