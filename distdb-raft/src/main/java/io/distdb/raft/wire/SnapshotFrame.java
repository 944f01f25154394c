// SPDX-License-Identifier: MIT
package io.distdb.raft.wire;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.storage.LogPosition;
import io.distdb.raft.core.Membership;

/** What travels on the snapshot lane: a state in pieces, and the answers. */
public sealed interface SnapshotFrame {
  Transfer transfer();

  /**
   * Which snapshot, among all that one node sends.
   *
   * @param term in which the sender leads the group
   * @param number the sender's count of them in its present life
   */
  record Transfer(ShardId group, long term, long number) {}

  /**
   * Some of the content.
   *
   * @param offset of its first byte in the whole
   * @param crc CRC32C of the content
   * @param endsChunk a chunk of the state machine's ends here
   */
  record Piece(Transfer transfer, long offset, int crc, boolean endsChunk, Bytes content)
      implements SnapshotFrame {}

  /**
   * All of it was sent.
   *
   * @param length of the whole
   * @param crc CRC32C of the whole
   * @param position what the state holds
   * @param membership as of there
   */
  record End(Transfer transfer, long length, int crc, LogPosition position, Membership membership)
      implements SnapshotFrame {}

  /**
   * Everything below {@code through} has come; of the end, one more than the length.
   *
   * @param refused the receiver cannot take it, or has lost what came before
   */
  record Received(Transfer transfer, long through, boolean refused) implements SnapshotFrame {}
}
