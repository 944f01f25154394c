// SPDX-License-Identifier: MIT
package io.distdb.api.consensus;

import io.distdb.api.Bytes;
import io.distdb.api.storage.LogPosition;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * What a group's log drives. {@link #apply} is deterministic: no clock, randomness or I/O result
 * enters it. Called by one thread at a time, but for {@link #applied} and {@link #exportSnapshot}.
 */
public interface StateMachine {
  /** The last position applied; the log is replayed from the next one on. */
  LogPosition applied();

  /**
   * Applies an entry.
   *
   * @return what the proposer gets; may be null
   * @throws io.distdb.api.error.DistDbException {@code DISK_FULL}: nothing was changed, and the
   *     same entry comes again. Any other code: nothing was changed; no entry comes again, what is
   *     there can be read
   */
  Object apply(LogPosition position, Command command);

  /**
   * Entries of an earlier life are about to be applied, or all of them have been: in between nobody
   * reads, so what is applied may be put together. Called by the thread that applies.
   */
  default void replaying(boolean underWay) {}

  /**
   * Reads a command back from its encoded form.
   *
   * @throws io.distdb.api.error.DistDbException {@code DATA_CORRUPTED}, {@code INCOMPATIBLE_FORMAT}
   */
  Command decode(Bytes payload);

  /**
   * Writes the state as of one position, which is returned, in chunks. By any thread, while entries
   * are applied; the sink may wait for long, must not keep the buffers, and ends the export by what
   * it throws.
   */
  LogPosition exportSnapshot(Consumer<ByteBuffer> sink);

  /**
   * Replaces the state by an exported one, durably when this returns: the log before {@code
   * position} is gone. A crash before leaves the state as it was.
   *
   * @throws io.distdb.api.error.DistDbException {@code DISK_FULL}: nothing was changed
   */
  void installSnapshot(LogPosition position, Iterable<ByteBuffer> chunks);

  /**
   * This node began to lead the group in {@code term}, and has applied all earlier terms' entries.
   */
  void leading(long term);

  /** This node no longer leads the group. */
  void following(long term);
}
