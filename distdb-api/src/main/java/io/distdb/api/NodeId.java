// SPDX-License-Identifier: MIT
package io.distdb.api;

import java.util.Objects;

/** The name of a node, unique in its cluster and never reused for another machine. */
public record NodeId(String value) implements Comparable<NodeId> {
  public NodeId {
    Objects.requireNonNull(value, "value");
    if (value.isBlank()) {
      throw new IllegalArgumentException("a node id is not blank");
    }
  }

  @Override
  public int compareTo(NodeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
