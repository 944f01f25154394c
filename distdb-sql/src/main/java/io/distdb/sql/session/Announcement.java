// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a commit tells all nodes. Bytes: docs/formats/announcements.md. */
sealed interface Announcement {
  /** The number of the database whose commit it was. */
  long database();

  /** NOTIFY, in order. */
  record Notified(long database, List<Notification> sent) implements Announcement {
    public Notified {
      sent = List.copyOf(sent);
    }
  }

  /** setval: what nodes have set aside of the sequence's numbers is not to be handed out. */
  record SequenceSet(long database, long state) implements Announcement {}

  int NOTIFIED = 1;
  int SEQUENCE_SET = 2;

  default Bytes toBytes() {
    return switch (this) {
      case Notified(long database, List<Notification> sent) -> {
        MessageFields fields =
            new MessageFields().number(NOTIFIED).number(database).number(sent.size());
        for (Notification each : sent) {
          fields.number(each.processId()).text(each.channel()).text(each.payload());
        }
        yield fields.toBytes();
      }
      case SequenceSet(long database, long state) ->
          new MessageFields().number(SEQUENCE_SET).number(database).number(state).toBytes();
    };
  }

  /**
   * @return nothing: it is of a kind that newer versions have
   * @throws io.distdb.api.error.DistDbException {@code PROTOCOL_VIOLATION}
   */
  static Optional<Announcement> of(Bytes message) {
    if (message.length() < Long.BYTES) {
      return Optional.empty();
    }
    int kind = message.at(Long.BYTES - 1);
    return switch (kind) {
      case NOTIFIED, SEQUENCE_SET ->
          Optional.of(MessageFields.read("an announcement", message, Announcement::read));
      default -> Optional.empty();
    };
  }

  private static Announcement read(MessageFields.Reader fields) {
    if (fields.number() == SEQUENCE_SET) {
      return new SequenceSet(fields.number(), fields.number());
    }
    long database = fields.number();
    int count = fields.small();
    List<Notification> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sent.add(new Notification(fields.small(), fields.text(), fields.text()));
    }
    return new Notified(database, sent);
  }
}
