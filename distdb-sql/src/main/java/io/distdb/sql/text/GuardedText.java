// SPDX-License-Identifier: MIT
package io.distdb.sql.text;

/**
 * The text that an expression is tried on. Java's matcher backtracks; each character that it looks
 * at is counted, so that a match that would run away ends: by cancellation, which is asked from
 * time to time, or after {@link #STEPS_MAX} characters.
 */
final class GuardedText implements CharSequence {
  /** Some tens of seconds of work. */
  private static final long STEPS_MAX = 4_000_000_000L;

  private static final int STEPS_PER_CHECK = 1 << 16;

  private final String text;
  private final Runnable check;
  private long steps;

  /**
   * @param check throws when the statement was cancelled
   */
  GuardedText(String text, Runnable check) {
    this.text = text;
    this.check = check;
  }

  @Override
  public char charAt(int index) {
    if (++steps % STEPS_PER_CHECK == 0) {
      check.run();
      if (steps > STEPS_MAX) {
        throw RegexErrors.failed();
      }
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
