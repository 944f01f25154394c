// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.AbstractNativeReference;

/**
 * Owns native objects: each is closed once, the last one first, so that nothing is closed before
 * what uses it. Thread-safe.
 */
final class Natives implements AutoCloseable {
  private static final AtomicLong OPEN = new AtomicLong();

  private final Deque<AbstractNativeReference> owned = new ArrayDeque<>();
  private boolean closed;

  /** Native objects that are open in this process, those of cursors too: for the leak test. */
  static long open() {
    return OPEN.get();
  }

  /** Counts an object that is closed with {@link #released}. */
  static <T extends AbstractNativeReference> T counted(T reference) {
    OPEN.incrementAndGet();
    return reference;
  }

  /** Closes an object that was {@link #counted}. Not to be called twice. */
  static void released(AbstractNativeReference reference) {
    reference.close();
    OPEN.decrementAndGet();
  }

  /** Takes an object over. */
  synchronized <T extends AbstractNativeReference> T own(T reference) {
    owned.push(counted(reference));
    return reference;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      while (!owned.isEmpty()) {
        released(owned.pop());
      }
    }
  }
}
