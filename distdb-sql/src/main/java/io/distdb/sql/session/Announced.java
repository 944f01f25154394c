// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.AnnouncementListener;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does on one node of several what commits announce. Called by the thread that applies them, so
 * that sessions are ended by threads of their own.
 */
final class Announced implements AnnouncementListener {
  private static final Logger LOG = LoggerFactory.getLogger(Announced.class);

  private final Databases databases;
  private final Scheduler scheduler;

  Announced(Databases databases, Scheduler scheduler) {
    this.databases = databases;
    this.scheduler = scheduler;
  }

  @Override
  public void announced(Bytes message) {
    try {
      Announcement.of(message).ifPresent(this::obey);
    } catch (DistDbException garbled) {
      LOG.warn("what a commit has announced cannot be read: {}", garbled.getMessage());
    }
  }

  private void obey(Announcement announcement) {
    Optional<Database> database =
        databases.opened().stream()
            .filter(open -> open.number() == announcement.database())
            .findFirst();
    if (database.isEmpty()) {
      return;
    }
    switch (announcement) {
      case Announcement.Notified notified -> {
        NotificationHub hub = database.get().notifications();
        terminate(hub.deliver(notified.sent()), Termination.NOTIFICATIONS_NOT_TAKEN);
      }
      case Announcement.SequenceSet set -> database.get().sequences().forget(set.state());
    }
  }

  /** Who listens may have missed something, and nobody else knows. */
  @Override
  public void missed() {
    for (Database database : databases.opened()) {
      database.sequences().forgetAll();
      terminate(database.notifications().all(), Termination.NOTIFICATIONS_MISSED);
    }
  }

  private void terminate(List<LocalSession> sessions, Termination why) {
    for (LocalSession session : sessions) {
      scheduler.startLight(
          "distdb-end-session-" + session.processId(), () -> session.terminate(why));
    }
  }
}
