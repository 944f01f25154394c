// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.txn.Transaction;
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

        @Override
        public SequenceValues sequences() {
          throw new UnsupportedOperationException("no session, no sequences");
        }

        @Override
        public Transaction latest() {
          throw new UnsupportedOperationException("no session, no transactions");
        }
      };

  /** The session's time zone. */
  ZoneId zone();

  /** When the transaction started, in microseconds since 1970-01-01 UTC. */
  long nowMicros();

  /** The session's sequences. */
  SequenceValues sequences();

  /** A new read-only transaction, which sees all that is committed now. The caller closes it. */
  Transaction latest();
}
