// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

import io.distdb.api.Bytes;

/**
 * Is told what commits have announced, on every node, in the order of the commits. Called by the
 * thread that applies them: what it does is short and waits for nothing.
 */
public interface AnnouncementListener {
  /** The commit that announced {@code message} is applied here. */
  void announced(Bytes message);

  /** Commits came here without what they announced: this node was behind, and got a copy. */
  void missed();
}
