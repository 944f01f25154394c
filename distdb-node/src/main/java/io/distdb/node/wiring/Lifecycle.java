// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what was opened, and closes it in reverse. Each part is closed even when another fails
 * to; the first failure is thrown, the others are suppressed in it. Used by one thread at a time.
 */
final class Lifecycle implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  private final Deque<Part> opened = new ArrayDeque<>();

  /** Adds a part that is open now; its dependencies were added before it. */
  <T extends AutoCloseable> T opened(String name, T part) {
    LOG.debug("{} is open", name);
    opened.push(new Part(name, part));
    return part;
  }

  @Override
  public synchronized void close() {
    RuntimeException first = null;
    while (!opened.isEmpty()) {
      Part part = opened.pop();
      try {
        part.closeable.close();
        LOG.debug("{} is closed", part.name);
      } catch (Exception failure) {
        if (first == null) {
          first =
              failure instanceof RuntimeException unchecked
                  ? unchecked
                  : new IllegalStateException(part.name + " did not close", failure);
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private record Part(String name, AutoCloseable closeable) {}
}
