// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import java.util.function.BooleanSupplier;

/** The statement that calls a function, as far as a function may ask it. */
public interface Caller {
  /** No statement: a constant is computed while a plan is made. */
  Caller NONE =
      new Caller() {
        @Override
        public Environment environment() {
          return Environment.NONE;
        }

        @Override
        public void checkCanceled() {}

        @Override
        public void sleepUntil(BooleanSupplier done, long nanos) {
          throw new IllegalStateException("there is no statement");
        }
      };

  Environment environment();

  /**
   * To be called now and then by what may take long.
   *
   * @throws io.distdb.api.error.DistDbException {@code QUERY_CANCELED}: it should end
   */
  void checkCanceled();

  /**
   * Waits.
   *
   * @param nanos 0 or below: not at all; {@code Long.MAX_VALUE}: for ever
   * @throws io.distdb.api.error.DistDbException {@code QUERY_CANCELED}: it should end
   */
  default void sleep(long nanos) {
    sleepUntil(() -> false, nanos);
  }

  /**
   * As {@link #sleep}, until {@code done} at the longest: who makes it so signals the session's
   * {@link SessionControl#waiter}.
   */
  void sleepUntil(BooleanSupplier done, long nanos);
}
