// SPDX-License-Identifier: MIT
package io.distdb.sharding.replica;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.consensus.Command;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.txn.CommitToken;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/** An entry of a shard's log. Bytes: docs/formats/commands.md. */
public sealed interface ShardCommand extends Command {
  /**
   * A transaction that wrote in this shard alone. Applying it gives null, or, when {@code token}
   * had an outcome already, that outcome, and then nothing else happens.
   *
   * @param batch the writes, at the commit timestamp; not changed any more
   * @param token the client's name for the commit, or null
   * @param changedTables tables whose definition changes
   */
  record Commit(WriteBatch batch, CommitToken token, List<TableId> changedTables)
      implements ShardCommand {
    public Commit {
      Objects.requireNonNull(batch, "batch");
      changedTables = List.copyOf(changedTables);
    }
  }

  /**
   * Makes the outcome of {@code token} ABORTED unless it has one. Gives the outcome.
   *
   * @param timestamp the oracle's time of the question: from it the record's age counts
   */
  record ProposeOutcome(CommitToken token, long timestamp) implements ShardCommand {
    public ProposeOutcome {
      Objects.requireNonNull(token, "token");
    }
  }

  /** Lets the oracle hand out timestamps below {@code bound}; a lower one changes nothing. */
  record ExtendTimestampBound(long bound) implements ShardCommand {}

  /**
   * Takes one step of ageing: outcomes recorded in second {@code kept} become UNKNOWN, and UNKNOWN
   * ones whose second is {@code forgotten} go; -1 is none.
   */
  record ExpireOutcomes(long kept, long forgotten) implements ShardCommand {}

  /** No read below {@code safePoint} from now on; a lower one changes nothing. */
  record AdvanceSafePoint(long safePoint) implements ShardCommand {}

  /** Sets {@code count} index ids aside. Gives the first as a {@link Long}. */
  record AllocateIndexIds(int count) implements ShardCommand {
    public AllocateIndexIds {
      if (count <= 0) {
        throw new IllegalArgumentException("a block of " + count + " index ids");
      }
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws io.distdb.api.error.DistDbException {@code INCOMPATIBLE_FORMAT}: a newer version;
   *     {@code DATA_CORRUPTED}: not a command
   */
  static ShardCommand decode(Bytes payload) {
    return CommandCodec.decode(payload);
  }

  @Override
  default int encodedSize() {
    return CommandCodec.size(this);
  }

  @Override
  default void encode(ByteBuffer target) {
    CommandCodec.encode(this, target);
  }
}
