// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import java.time.ZoneId;
import java.time.ZoneOffset;

/** What expressions may ask of the session that runs them. Used by the session's thread. */
public interface Environment {
  /** UTC, and 1970 as the present: for input that names neither. */
  Environment NONE =
      new Environment() {
        @Override
        public ZoneId zone() {
          return ZoneOffset.UTC;
        }

        @Override
        public long nowMicros() {
          return 0;
        }
      };

  /** The session's time zone. */
  ZoneId zone();

  /** When the transaction started, in microseconds since 1970-01-01 UTC. */
  long nowMicros();
}
