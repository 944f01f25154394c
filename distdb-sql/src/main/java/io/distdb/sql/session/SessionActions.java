// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.time.Waiter;
import io.distdb.sql.function.SessionControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What functions do to sessions, for one session. Used by its thread. */
final class SessionActions implements SessionControl {
  /** More notices of one statement are dropped, as nobody would read them. */
  private static final int NOTICES_MAX = 1_000;

  private final LocalSession session;
  private final List<Notice> notices = new ArrayList<>(0);
  private Waiter waiter;

  SessionActions(LocalSession session) {
    this.session = session;
  }

  @Override
  public int processId() {
    return session.processId();
  }

  private SessionRegistry registry() {
    return session.database().databases().sessions();
  }

  @Override
  public boolean cancel(int processId) {
    Optional<LocalSession> other = find(processId);
    other.ifPresent(LocalSession::cancel);
    return other.isPresent();
  }

  @Override
  public boolean terminate(int processId) {
    Optional<LocalSession> other = find(processId);
    other.ifPresent(found -> found.terminate(Termination.BY_COMMAND));
    return other.isPresent();
  }

  private Optional<LocalSession> find(int processId) {
    Optional<LocalSession> found = registry().find(processId);
    if (found.isEmpty()) {
      warn("01000", "PID " + processId + " is not a PostgreSQL server process");
    }
    return found;
  }

  @Override
  public boolean isAlive(int processId) {
    return registry().find(processId).isPresent();
  }

  @Override
  public Waiter waiter() {
    if (waiter == null) {
      waiter = session.database().scheduler().newWaiter();
    }
    return waiter;
  }

  @Override
  public long nanoTime() {
    return session.database().clock().nanoTime();
  }

  @Override
  public void warn(String sqlState, String message) {
    if (notices.size() < NOTICES_MAX) {
      notices.add(Notice.warning(sqlState, message));
    }
  }

  /** What the user has not been told yet. */
  List<Notice> takeNotices() {
    if (notices.isEmpty()) {
      return List.of();
    }
    List<Notice> taken = List.copyOf(notices);
    notices.clear();
    return taken;
  }
}
