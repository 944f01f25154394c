// SPDX-License-Identifier: MIT
package io.distdb.api.consensus;

import io.distdb.api.error.DistDbException;

/**
 * Hears what becomes of a {@link ConsensusGroup#confirmRead(long, ReadConfirmation)}: one of these
 * is called, once, by a thread that may have others to serve. So they must not wait, neither for
 * this group nor for anything else; they may ask the group for another confirmation of this kind.
 * What they throw harms nobody but who asked.
 */
public interface ReadConfirmation {
  /** What is read from now on is not stale. */
  void confirmed();

  /**
   * @param why {@code CANNOT_CONNECT_NOW}, and what else {@link ConsensusGroup#confirmRead(long)}
   *     throws
   */
  void refused(DistDbException why);
}
