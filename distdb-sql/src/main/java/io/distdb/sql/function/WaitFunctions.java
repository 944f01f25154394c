// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Interval;

/**
 * Waiting, and ending what others do (PostgreSQL's documentation, 9.9.5 and 9.27.2). A function
 * without a result answers an empty text.
 */
final class WaitFunctions {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** How often it is looked whether a session has ended. */
  private static final long LOOK_NANOS = 100 * NANOS_PER_MILLI;

  private WaitFunctions() {}

  static void addTo(FunctionTable table) {
    table.addVolatile(
        "pg_sleep(float8) text",
        (x, r, i, a) -> {
          x.sleep(nanos(a[0].doubles[i]));
          r.texts[i] = "";
        });
    table.addVolatile(
        "pg_sleep_for(interval) text",
        (x, r, i, a) -> {
          sleepUntil(x, x.environment().clockMicros() + micros((Interval) a[0].objects[i]));
          r.texts[i] = "";
        });
    table.addVolatile(
        "pg_sleep_until(timestamptz) text",
        (x, r, i, a) -> {
          sleepUntil(x, a[0].longs[i]);
          r.texts[i] = "";
        });
    table.addStable(
        "pg_backend_pid() int4",
        (x, r, i, a) -> r.longs[i] = x.environment().session().processId());
    table.addVolatile(
        "pg_cancel_backend(int4) bool",
        (x, r, i, a) -> r.longs[i] = x.environment().session().cancel((int) a[0].longs[i]) ? 1 : 0);
    table.addVolatile(
        "pg_terminate_backend(int4) bool",
        (x, r, i, a) -> r.longs[i] = terminate(x, (int) a[0].longs[i], 0) ? 1 : 0);
    table.addVolatile(
        "pg_terminate_backend(int4,int8) bool",
        (x, r, i, a) -> r.longs[i] = terminate(x, (int) a[0].longs[i], a[1].longs[i]) ? 1 : 0);
  }

  /** NaN and what is below 0: no wait; what is beyond 292 years, for ever. */
  private static long nanos(double seconds) {
    return seconds > 0 ? (long) Math.min(seconds * NANOS_PER_SECOND, Long.MAX_VALUE) : 0;
  }

  private static long micros(Interval interval) {
    long days = interval.months() * 30L + interval.days();
    return days * 86_400_000_000L + interval.micros();
  }

  private static void sleepUntil(Caller caller, long micros) {
    long now = caller.environment().clockMicros();
    long left = micros > now ? micros - now : 0;
    caller.sleep(left > Long.MAX_VALUE / NANOS_PER_MICRO ? Long.MAX_VALUE : left * NANOS_PER_MICRO);
  }

  private static boolean terminate(Caller caller, int processId, long timeoutMillis) {
    if (timeoutMillis < 0) {
      throw new DistDbException(
          ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "\"timeout\" must not be negative");
    }
    SessionControl session = caller.environment().session();
    if (!session.terminate(processId)) {
      return false;
    }
    long left = Math.min(timeoutMillis, Long.MAX_VALUE / NANOS_PER_MILLI) * NANOS_PER_MILLI;
    while (left > 0 && session.isAlive(processId)) {
      long step = Math.min(left, LOOK_NANOS);
      caller.sleep(step);
      left -= step;
    }
    if (timeoutMillis > 0 && session.isAlive(processId)) {
      session.warn(
          "01000",
          "backend with PID "
              + processId
              + " did not terminate within "
              + timeoutMillis
              + " milliseconds");
      return false;
    }
    return true;
  }
}
