// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SessionStatement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * LISTEN, UNLISTEN and NOTIFY in one session: what a transaction has said waits here until it
 * commits. Used by the session's thread, but for {@link #inbox}.
 */
final class Channels {
  private static final int PAYLOAD_BYTES_MAX = 7_999;
  private static final int CHANNEL_BYTES_MAX = 63;

  /**
   * LISTEN or UNLISTEN.
   *
   * @param channel absent: all
   */
  private record Change(boolean listen, Optional<String> channel) {}

  /** What there was when a savepoint was set. */
  private record Mark(int changes, int sent) {}

  private final LocalSession session;
  private final Inbox inbox;
  private final Set<String> listening = new TreeSet<>();
  private final List<Change> changes = new ArrayList<>(0);
  private final List<Notification> sent = new ArrayList<>(0);
  private final Set<Notification> sentOnce = new HashSet<>(0);
  private final List<Mark> marks = new ArrayList<>(0);

  /** Channels that are listened to before the commit is known. */
  private final Set<String> early = new HashSet<>(0);

  Channels(LocalSession session) {
    this.session = session;
    inbox = new Inbox(session);
  }

  Inbox inbox() {
    return inbox;
  }

  private NotificationHub hub() {
    return session.database().notifications();
  }

  StatementResult run(SessionStatement.OfChannel statement) {
    String tag =
        switch (statement) {
          case SessionStatement.Listen listen -> {
            changes.add(new Change(true, Optional.of(listen.channel().text())));
            yield "LISTEN";
          }
          case SessionStatement.Unlisten unlisten -> {
            changes.add(new Change(false, unlisten.channel().map(Name::text)));
            yield "UNLISTEN";
          }
          case SessionStatement.Notify notify -> {
            send(notify.channel().text(), notify.payload());
            yield "NOTIFY";
          }
        };
    if (session.block() == null) {
      endAlone();
    }
    return StatementResult.Command.of(tag, Optional.empty());
  }

  /** The statement is a transaction of its own. */
  private void endAlone() {
    try {
      beforeCommit(null);
      committed();
    } finally {
      rolledBack();
    }
  }

  /**
   * NOTIFY, at the commit. The same within one transaction is said once.
   *
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: the channel or the payload is too long
   */
  void send(String channel, String payload) {
    if (channel.isEmpty()) {
      throw invalid("channel name cannot be empty");
    }
    if (bytes(channel) > CHANNEL_BYTES_MAX) {
      throw invalid("channel name too long");
    }
    if (bytes(payload) > PAYLOAD_BYTES_MAX) {
      throw invalid("payload string too long");
    }
    Notification notification = new Notification(session.processId(), channel, payload);
    if (sentOnce.add(notification)) {
      sent.add(notification);
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static DistDbException invalid(String message) {
    return new DistDbException(ErrorCode.INVALID_PARAMETER_VALUE, message);
  }

  /** Channels that the session listens to, sorted. */
  List<String> listening() {
    return List.copyOf(listening);
  }

  // --- what transactions do ---

  /**
   * The last that the transaction does. In a cluster its commit tells all nodes what was sent, this
   * one too: so what it listens to must be known before.
   *
   * @param transaction null: there is none that is to be committed
   * @throws DistDbException {@code PROGRAM_LIMIT_EXCEEDED}: the transaction must not commit
   */
  void beforeCommit(Transaction transaction) {
    if (sent.isEmpty()) {
      return;
    }
    hub().checkRoom(sent);
    if (isAlone()) {
      return;
    }
    for (Change change : changes) {
      if (change.listen() && !listening.contains(change.channel().orElseThrow())) {
        early.add(change.channel().get());
        hub().listen(change.channel().get(), inbox);
      }
    }
    Bytes announcement = new Announcement.Notified(session.database().number(), sent).toBytes();
    if (announcement.length() > Inbox.BYTES_MAX) {
      throw new DistDbException(
              ErrorCode.PROGRAM_LIMIT_EXCEEDED, "too many notifications in one transaction")
          .withDetail("They take " + announcement.length() + " bytes of " + Inbox.BYTES_MAX + ".");
    }
    if (transaction == null || transaction.readOnly()) {
      announceAlone(announcement);
    } else {
      transaction.announce(announcement);
    }
  }

  /** It has no writes that could fail. */
  private void announceAlone(Bytes announcement) {
    Database database = session.database();
    OwnTransaction.once(
        database.transactions(),
        database.scheduler(),
        alone -> {
          alone.announce(announcement);
          return null;
        });
  }

  private boolean isAlone() {
    return session.database().databases().neighbours().isAlone();
  }

  boolean isEmpty() {
    return sent.isEmpty() && changes.isEmpty();
  }

  void committed() {
    if (isEmpty()) {
      return;
    }
    early.clear();
    changes.forEach(this::apply);
    if (!sent.isEmpty() && isAlone()) {
      hub().publish(List.copyOf(sent));
    }
    rolledBack();
  }

  private void apply(Change change) {
    if (change.listen()) {
      listening.add(change.channel().orElseThrow());
      hub().listen(change.channel().get(), inbox);
    } else if (change.channel().isPresent()) {
      listening.remove(change.channel().get());
      hub().unlisten(change.channel().get(), inbox);
    } else {
      unlistenAll();
    }
  }

  /** Of the session's end, too. */
  void unlistenAll() {
    if (!listening.isEmpty()) {
      listening.forEach(channel -> hub().unlisten(channel, inbox));
      listening.clear();
    }
  }

  /** What was said is not said. */
  void rolledBack() {
    if (!early.isEmpty()) {
      early.forEach(channel -> hub().unlisten(channel, inbox));
      early.clear();
    }
    changes.clear();
    sent.clear();
    sentOnce.clear();
    marks.clear();
  }

  void savepoint() {
    marks.add(new Mark(changes.size(), sent.size()));
  }

  /**
   * @param savepoints how many were there before the one in question
   */
  void rolledBackTo(int savepoints) {
    Mark mark = marks.get(savepoints);
    changes.subList(mark.changes(), changes.size()).clear();
    sent.subList(mark.sent(), sent.size()).clear();
    sentOnce.retainAll(Set.copyOf(sent));
    marks.subList(savepoints + 1, marks.size()).clear();
  }

  void released(int savepoints) {
    marks.subList(savepoints, marks.size()).clear();
  }
}
