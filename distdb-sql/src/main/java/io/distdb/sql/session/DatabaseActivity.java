// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.time.Clock;
import io.distdb.sql.activity.DatabaseRow;
import io.distdb.sql.activity.SessionCounts;
import java.util.List;

/** What the sessions of a database did that are over. Guarded by its owner's list of sessions. */
final class DatabaseActivity {
  private final Clock clock;
  private final long sinceMicros;
  private final SessionCounts past = new SessionCounts();
  private long ended;
  private long killed;
  private long fatal;
  private long pastMicros;

  DatabaseActivity(Clock clock) {
    this.clock = clock;
    sinceMicros = clock.wallMicros();
  }

  /** The session is over, and counts no more. */
  void ended(LocalSession session) {
    past.add(session.activity().counts());
    pastMicros += lasted(session, clock.wallMicros());
    ended++;
    Termination why = session.hold().termination();
    if (why != null) {
      switch (why) {
        case BY_COMMAND -> killed++;
        case IDLE_IN_TRANSACTION, IDLE_SESSION -> fatal++;
      }
    }
  }

  private static long lasted(LocalSession session, long now) {
    return Math.max(0, now - session.activity().startMicros());
  }

  /**
   * @param open sessions that are not over
   */
  DatabaseRow row(String name, List<LocalSession> open) {
    SessionCounts counts = new SessionCounts();
    counts.add(past);
    long now = clock.wallMicros();
    long micros = pastMicros;
    for (LocalSession session : open) {
      counts.add(session.activity().counts());
      micros += lasted(session, now);
    }
    return new DatabaseRow(
        name, open.size(), ended + open.size(), killed, fatal, micros, counts, sinceMicros);
  }
}
