// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import java.util.OptionalInt;

/** The versions of the transport's protocol that a node speaks, both ends included, from 1 on. */
public record VersionRange(int oldest, int newest) {
  /** What this build speaks. */
  public static final VersionRange CURRENT = new VersionRange(1, 1);

  public VersionRange {
    if (oldest < 1 || newest < oldest) {
      throw new IllegalArgumentException("no range of versions: " + oldest + " to " + newest);
    }
  }

  /** The newest version that both speak; empty: there is none. */
  public OptionalInt agree(VersionRange other) {
    int common = Math.min(newest, other.newest);
    return common >= Math.max(oldest, other.oldest) ? OptionalInt.of(common) : OptionalInt.empty();
  }

  @Override
  public String toString() {
    return oldest == newest ? "version " + oldest : "versions " + oldest + " to " + newest;
  }
}
