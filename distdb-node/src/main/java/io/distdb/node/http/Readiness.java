// SPDX-License-Identifier: MIT
package io.distdb.node.http;

/** Whether a node serves. Set by who starts and ends it, read by any thread. */
public final class Readiness {
  private volatile String obstacle = "recovery is not done";

  /** It serves from now on. */
  public void ready() {
    obstacle = "";
  }

  /** It does not, any more or yet. */
  public void notReady(String why) {
    obstacle = why;
  }

  /** Why it does not serve; empty: it does. */
  String obstacle() {
    return obstacle;
  }
}
