// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.time.Clock;
import io.distdb.sql.function.Environment;
import java.time.ZoneId;

/** What expressions ask of their session. */
final class SessionEnvironment implements Environment {
  private final SessionSettings settings;
  private final Clock clock;
  private boolean known;
  private long now;

  SessionEnvironment(SessionSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** A transaction begins: it has its own present, read when it is first asked for. */
  void beginTransaction() {
    known = false;
  }

  @Override
  public ZoneId zone() {
    return settings.zone();
  }

  @Override
  public long nowMicros() {
    if (!known) {
      now = clock.wallMicros();
      known = true;
    }
    return now;
  }
}
