// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

/**
 * Something that happens at a time.
 *
 * @param timeNanos true time of the world
 * @param sequence orders events of one time
 * @param process whose it is; it is dropped when that dies
 */
record Event(long timeNanos, long sequence, SimulatedProcess process, String name, Runnable action)
    implements Comparable<Event> {
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
