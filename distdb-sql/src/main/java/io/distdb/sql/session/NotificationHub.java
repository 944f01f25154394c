// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who listens to which channel of one database. Nothing of it is kept on the disk.
 *
 * <p>A sender's notifications arrive together and in order. A transaction that notifies fails
 * before its commit while somebody who would hear it has not taken what came before: so that memory
 * stays bounded. What comes by the log of a cluster cannot fail any more: then whoever does not
 * take it is told of. Thread-safe.
 */
final class NotificationHub {
  private final Map<String, Set<Inbox>> listeners = new HashMap<>();

  synchronized void listen(String channel, Inbox inbox) {
    listeners.computeIfAbsent(channel, key -> new LinkedHashSet<>()).add(inbox);
  }

  synchronized void unlisten(String channel, Inbox inbox) {
    Set<Inbox> inboxes = listeners.get(channel);
    if (inboxes != null && inboxes.remove(inbox) && inboxes.isEmpty()) {
      listeners.remove(channel);
    }
  }

  /**
   * @throws DistDbException {@code PROGRAM_LIMIT_EXCEEDED}: somebody has not taken what came before
   */
  void checkRoom(List<Notification> sent) {
    for (Inbox inbox : deliveries(sent).keySet()) {
      if (inbox.bytes() >= Inbox.BYTES_MAX) {
        throw new DistDbException(
                ErrorCode.PROGRAM_LIMIT_EXCEEDED, "too many notifications in the NOTIFY queue")
            .withDetail("A session that listens does not take its notifications.");
      }
    }
  }

  void publish(List<Notification> sent) {
    deliveries(sent).forEach(Inbox::add);
  }

  /**
   * As {@link #publish}.
   *
   * @return sessions that get none of it: they have not taken what came before
   */
  List<LocalSession> deliver(List<Notification> sent) {
    List<LocalSession> full = new ArrayList<>(0);
    deliveries(sent)
        .forEach((inbox, arrived) -> {
          if (inbox.bytes() >= Inbox.BYTES_MAX) {
            full.add(inbox.owner());
          } else {
            inbox.add(arrived);
          }
        });
    return full;
  }

  /** Sessions that listen. */
  synchronized List<LocalSession> all() {
    return listeners.values().stream().flatMap(Set::stream).map(Inbox::owner).distinct().toList();
  }

  private synchronized Map<Inbox, List<Notification>> deliveries(List<Notification> sent) {
    Map<Inbox, List<Notification>> deliveries = new LinkedHashMap<>();
    for (Notification notification : sent) {
      for (Inbox inbox : listeners.getOrDefault(notification.channel(), Set.of())) {
        deliveries.computeIfAbsent(inbox, key -> new ArrayList<>()).add(notification);
      }
    }
    return deliveries;
  }

  /** How full the fullest inbox is: 0 to 1. */
  synchronized double usage() {
    long most =
        listeners.values().stream().flatMap(Set::stream).mapToLong(Inbox::bytes).max().orElse(0);
    return Math.min(1, (double) most / Inbox.BYTES_MAX);
  }
}
