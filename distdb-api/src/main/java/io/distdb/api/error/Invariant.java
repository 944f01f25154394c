// SPDX-License-Identifier: MIT
package io.distdb.api.error;

/**
 * What must always hold. Always on: a violated invariant is a bug, and stops what it would spoil.
 */
public final class Invariant {
  private Invariant() {}

  public static void check(boolean condition, String what) {
    if (!condition) {
      throw new InvariantViolation(what);
    }
  }

  /**
   * As {@link #check(boolean, String)}; {@code format} is {@link String#format}'s, used on failure
   * only.
   */
  public static void check(boolean condition, String format, Object... arguments) {
    if (!condition) {
      throw new InvariantViolation(String.format(format, arguments));
    }
  }

  /** Thrown where the code cannot be. */
  public static InvariantViolation unreachable(String why) {
    return new InvariantViolation(why);
  }

  /** A bug in DistDB. Never caught to go on. */
  public static final class InvariantViolation extends AssertionError {
    private static final long serialVersionUID = 1L;

    InvariantViolation(String what) {
      super(what);
    }
  }
}
