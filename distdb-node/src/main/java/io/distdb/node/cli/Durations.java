// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import java.util.Locale;

/** Times for people. */
final class Durations {
  private Durations() {}

  static String timeOf(long nanos) {
    return String.format(Locale.ROOT, "Time: %.3f ms", nanos / 1e6);
  }
}
