// SPDX-License-Identifier: MIT
package io.distdb.api;

/** A shard, and the consensus group that replicates it. Shard 0 is the system shard. */
public record ShardId(int value) implements Comparable<ShardId> {
  public static final ShardId SYSTEM = new ShardId(0);

  public ShardId {
    if (value < 0) {
      throw new IllegalArgumentException("a shard id is not negative, this one is " + value);
    }
  }

  /** Written out: a replay compares it for each record before a record's own is compiled. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ShardId shard && value == shard.value;
  }

  @Override
  public int hashCode() {
    return Integer.hashCode(value);
  }

  @Override
  public int compareTo(ShardId other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
