// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

/** Told what the start of a node waits for, by the thread that starts it. */
@FunctionalInterface
public interface StartWatch {
  StartWatch SILENT = what -> {};

  /**
   * The start goes on waiting for {@code what}; told again and again while it does. What this
   * throws ends the start, and leaves nothing open.
   */
  void waitsFor(String what);

  /** Tells {@code other} too, afterwards. */
  default StartWatch and(StartWatch other) {
    return what -> {
      waitsFor(what);
      other.waitsFor(what);
    };
  }
}
