// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

/** Why one transaction comes before another. */
enum Dependency {
  WRITE_WRITE("ww"),
  WRITE_READ("wr"),
  READ_WRITE("rw"),
  REAL_TIME("rt");

  private final String shortName;

  Dependency(String shortName) {
    this.shortName = shortName;
  }

  /** A set of one, for {@link DependencyGraph}. */
  int bit() {
    return 1 << ordinal();
  }

  String shortName() {
    return shortName;
  }
}
