// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

/**
 * The sequences of a session, by name as {@code nextval} is given it. What is handed out is never
 * handed out again, whatever becomes of the transaction.
 *
 * <p>Errors: {@code UNDEFINED_TABLE}, {@code WRONG_OBJECT_TYPE}, {@code SEQUENCE_LIMIT_EXCEEDED},
 * {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: the session has had no number yet.
 */
public interface SequenceValues {
  long next(String name);

  /** What {@link #next} answered last in this session for that sequence. */
  long current(String name);

  /** What {@link #next} answered last in this session. */
  long last();

  /** What was handed out last to any session; where the sequence starts when nothing was. */
  long newest(String name);

  /** Whether {@link #newest} was handed out. */
  boolean isCalled(String name);

  /**
   * Goes on from {@code value}.
   *
   * @param called whether {@code value} itself counts as handed out
   */
  void set(String name, long value, boolean called);
}
