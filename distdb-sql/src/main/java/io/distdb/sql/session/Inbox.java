// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import java.util.ArrayList;
import java.util.List;

/** Notifications that a session has not taken yet. Thread-safe. */
final class Inbox {
  /** What they may take in memory. */
  static final long BYTES_MAX = 8L << 20;

  private final LocalSession owner;
  private List<Notification> waiting = new ArrayList<>(0);
  private long bytes;
  private volatile boolean some;
  private volatile Runnable listener = () -> {};

  Inbox(LocalSession owner) {
    this.owner = owner;
  }

  LocalSession owner() {
    return owner;
  }

  void onNotification(Runnable newListener) {
    listener = newListener;
  }

  void add(List<Notification> arrived) {
    synchronized (this) {
      waiting.addAll(arrived);
      arrived.forEach(notification -> bytes += notification.heapBytes());
      some = true;
    }
    listener.run();
  }

  List<Notification> take() {
    if (!some) {
      return List.of();
    }
    synchronized (this) {
      List<Notification> taken = waiting;
      waiting = new ArrayList<>(0);
      bytes = 0;
      some = false;
      return taken;
    }
  }

  synchronized long bytes() {
    return bytes;
  }
}
