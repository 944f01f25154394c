// SPDX-License-Identifier: MIT
package io.distdb.sharding.remote;

import io.distdb.api.Bytes;
import io.distdb.api.Varint;
import io.distdb.api.txn.SynchronousCommit;
import io.distdb.sharding.replica.ShardCommand;
import java.nio.ByteBuffer;

/**
 * Asks to commit. It ends the transaction, whatever comes of it.
 *
 * @param first as in {@link LockRequest}
 * @param least what the answer has waited for
 * @param command a {@link ShardCommand.Commit} at no timestamp yet, encoded
 */
public record CommitRequest(
    TransactionName transaction, boolean first, SynchronousCommit least, Bytes command) {
  public static CommitRequest of(
      TransactionName transaction,
      boolean first,
      SynchronousCommit least,
      ShardCommand.Commit commit) {
    return new CommitRequest(transaction, first, least, commit.toBytes());
  }

  public ShardCommand.Commit commit() {
    return (ShardCommand.Commit) ShardCommand.decode(command);
  }

  public Bytes encode() {
    ByteBuffer message = Fields.begin(TransactionName.BYTES + 2 + Varint.size(command));
    transaction.put(message);
    message.put((byte) (first ? 1 : 0)).put((byte) least.ordinal());
    Varint.putBytes(message, command);
    return Fields.end(message);
  }

  /**
   * @throws io.distdb.api.error.DistDbException {@code INCOMPATIBLE_FORMAT}, {@code
   *     PROTOCOL_VIOLATION}
   */
  public static CommitRequest decode(Bytes message) {
    return Fields.read(
        "a request to commit",
        message,
        source ->
            new CommitRequest(
                TransactionName.get(source),
                source.get() != 0,
                Fields.constant(SynchronousCommit.values(), source.get()),
                Varint.getBytes(source)));
  }
}
