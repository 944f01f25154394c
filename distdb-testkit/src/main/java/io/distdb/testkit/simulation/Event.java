// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

/** Something that happens at a time; dropped when its process dies. */
final class Event implements Comparable<Event> {
  private final long sequence;
  private final SimulatedProcess process;
  private final String name;
  private final Runnable action;
  private long timeNanos;

  Event(long timeNanos, long sequence, SimulatedProcess process, String name, Runnable action) {
    this.timeNanos = timeNanos;
    this.sequence = sequence;
    this.process = process;
    this.name = name;
    this.action = action;
  }

  /** True time of the world. */
  long timeNanos() {
    return timeNanos;
  }

  /** Puts it off; only while it is in no queue. */
  void timeNanos(long later) {
    timeNanos = later;
  }

  /** Orders events of one time; unique. */
  long sequence() {
    return sequence;
  }

  SimulatedProcess process() {
    return process;
  }

  String name() {
    return name;
  }

  Runnable action() {
    return action;
  }

  @Override
  public int compareTo(Event other) {
    int byTime = Long.compare(timeNanos, other.timeNanos);
    return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Event event && event.sequence == sequence;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(sequence);
  }
}
