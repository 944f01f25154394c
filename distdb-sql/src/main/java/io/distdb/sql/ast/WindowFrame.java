// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

/** The words that describe a window's frame (PostgreSQL documentation, 4.2.8). */
public final class WindowFrame {
  private WindowFrame() {}

  /** What a frame's bounds count. */
  public enum Unit {
    ROWS,
    RANGE,
    GROUPS
  }

  /** In the order in which a frame may start and end. */
  public enum BoundKind {
    UNBOUNDED_PRECEDING,
    PRECEDING,
    CURRENT_ROW,
    FOLLOWING,
    UNBOUNDED_FOLLOWING
  }

  /** Rows that are taken out of the frame again. */
  public enum Exclusion {
    NO_OTHERS,
    CURRENT_ROW,
    GROUP,
    TIES
  }
}
