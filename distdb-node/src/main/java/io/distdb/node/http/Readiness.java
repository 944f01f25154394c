// SPDX-License-Identifier: MIT
package io.distdb.node.http;

import java.util.Optional;
import java.util.function.Supplier;

/** Whether a node serves. Set by who starts and ends it, read by any thread. */
public final class Readiness {
  private volatile String obstacle = "recovery is not done";
  private volatile Supplier<Optional<String>> later = Optional::empty;

  /**
   * It serves from now on.
   *
   * @param unless what has come to be in the way since; asked each time
   */
  public void ready(Supplier<Optional<String>> unless) {
    later = unless;
    obstacle = "";
  }

  /** It does not, any more or yet. */
  public void notReady(String why) {
    obstacle = why;
  }

  /** Why it does not serve; empty: it does. */
  String obstacle() {
    String known = obstacle;
    return known.isEmpty() ? later.get().orElse("") : known;
  }
}
