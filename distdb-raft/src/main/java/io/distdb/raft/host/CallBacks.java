// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose reads have ended and who is to be called back. That waits until what the turn says to
 * others is on its way, and nothing of a group is half done. Used by who has the host's turn.
 */
final class CallBacks {
  private static final Logger LOG = LoggerFactory.getLogger(CallBacks.class);

  private final ArrayDeque<Pending> ended = new ArrayDeque<>();

  void add(Pending read) {
    ended.add(read);
  }

  /** Each is called once, also when one before it throws an error and this is called again. */
  void call() {
    for (Pending read = ended.poll(); read != null; read = ended.poll()) {
      try {
        read.callBack();
      } catch (RuntimeException defect) {
        LOG.error("who asked for a read did not take the answer", defect);
      }
    }
  }
}
