// SPDX-License-Identifier: MIT
package io.distdb.testcluster.differential;

/** What the parts of one query share while it is written. */
final class Draft {
  private final Choices choices;
  private int aliases;
  private boolean everywhere = true;

  Draft(Choices choices) {
    this.choices = choices;
  }

  Choices choices() {
    return choices;
  }

  String alias() {
    return "q" + aliases++;
  }

  /** H2 has none of what comes now, or means another thing by it. */
  String notInH2(String sql) {
    everywhere = false;
    return sql;
  }

  boolean isEverywhere() {
    return everywhere;
  }
}
