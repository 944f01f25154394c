// SPDX-License-Identifier: MIT
package io.distdb.sharding.remote;

import io.distdb.api.Bytes;
import io.distdb.api.Varint;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sharding.lock.RangeMode;
import java.nio.ByteBuffer;

/**
 * Asks for a lock.
 *
 * @param number counts the requests of the transaction, from 1 on: with a later one it has given up
 *     waiting for the answers to those before
 * @param first the transaction has none yet; otherwise one that is not known has lost its locks
 * @param party the number of whose transaction it is; {@link #NOBODY}: nobody's who is to be known
 * @param timeoutNanos longest wait; 0 is no limit
 * @param space see {@link io.distdb.sharding.lock.LockSpace}
 */
public record LockRequest(
    TransactionName transaction,
    long number,
    boolean first,
    int party,
    long timeoutNanos,
    WaitPolicy policy,
    long space,
    Target target) {
  public static final int NOBODY = 0;

  /** What is to be locked. */
  public sealed interface Target {}

  /** A key, there or not. */
  public record Key(Bytes key, LockStrength strength) implements Target {}

  /** All keys of a range, there or not. */
  public record Range(KeyRange range, RangeMode mode) implements Target {}

  private static final byte KEY = 0;
  private static final byte RANGE = 1;
  private static final byte RANGE_TO_END = 2;
  private static final int FIXED =
      TransactionName.BYTES + 1 + Integer.BYTES + 2 * Long.BYTES + 1 + Long.BYTES + 2;

  public Bytes encode() {
    ByteBuffer message =
        Fields.begin(
            FIXED
                + switch (target) {
                  case Key key -> Varint.size(key.key);
                  case Range range ->
                      Varint.size(range.range.from())
                          + (range.range.to() == null ? 0 : Varint.size(range.range.to()));
                });
    transaction.put(message);
    message
        .putLong(number)
        .put((byte) (first ? 1 : 0))
        .putInt(party)
        .putLong(timeoutNanos)
        .put((byte) policy.ordinal());
    message.putLong(space);
    switch (target) {
      case Key(Bytes key, LockStrength strength) -> {
        message.put(KEY).put((byte) strength.ordinal());
        Varint.putBytes(message, key);
      }
      case Range(KeyRange range, RangeMode mode) -> {
        message.put(range.to() == null ? RANGE_TO_END : RANGE).put((byte) mode.ordinal());
        Varint.putBytes(message, range.from());
        if (range.to() != null) {
          Varint.putBytes(message, range.to());
        }
      }
    }
    return Fields.end(message);
  }

  /**
   * @throws io.distdb.api.error.DistDbException {@code INCOMPATIBLE_FORMAT}, {@code
   *     PROTOCOL_VIOLATION}
   */
  public static LockRequest decode(Bytes message) {
    return Fields.read("a request for a lock", message, LockRequest::get);
  }

  private static LockRequest get(ByteBuffer source) {
    TransactionName transaction = TransactionName.get(source);
    long number = source.getLong();
    boolean first = source.get() != 0;
    int party = source.getInt();
    long timeoutNanos = source.getLong();
    WaitPolicy policy = Fields.constant(WaitPolicy.values(), source.get());
    long space = source.getLong();
    return new LockRequest(
        transaction, number, first, party, timeoutNanos, policy, space, target(source));
  }

  private static Target target(ByteBuffer source) {
    byte kind = source.get();
    byte mode = source.get();
    return switch (kind) {
      case KEY -> new Key(Varint.getBytes(source), Fields.constant(LockStrength.values(), mode));
      case RANGE, RANGE_TO_END ->
          new Range(
              new KeyRange(Varint.getBytes(source), kind == RANGE ? Varint.getBytes(source) : null),
              Fields.constant(RangeMode.values(), mode));
      default -> throw new IllegalArgumentException("nothing of the kind " + kind + " is locked");
    };
  }
}
