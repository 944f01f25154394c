// SPDX-License-Identifier: MIT
package io.distdb.sharding.replica;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.txn.CommitOutcome;
import io.distdb.api.txn.CommitToken;
import java.nio.ByteBuffer;

/**
 * Keys and values of the side records a shard keeps. Integers are big-endian, so that key order is
 * numeric order.
 *
 * <table>
 * <caption>Format version 1</caption>
 * <tr><th>key</th><th>value</th></tr>
 * <tr><td>'B'</td><td>timestamp bound (8)</td></tr>
 * <tr><td>'I'</td><td>next index id (8)</td></tr>
 * <tr><td>'S'</td><td>safe point (8)</td></tr>
 * <tr><td>'H', timestamp (8)</td><td>empty: a schema change was committed then</td></tr>
 * <tr><td>'T', table id (8)</td><td>timestamp of the table's last change (8)</td></tr>
 * <tr><td>'O', token (16)</td><td>outcome (1: 1 committed, 2 aborted, 3 unknown), timestamp (8)</td></tr>
 * <tr><td>'E', second (8), token (16)</td><td>empty: the outcome was recorded in that second</td></tr>
 * <tr><td>'N'</td><td>what a commit announces: in batches, in no store</td></tr>
 * </table>
 */
final class SideRecords {
  static final Bytes BOUND = Bytes.of('B');
  static final Bytes NEXT_INDEX_ID = Bytes.of('I');
  static final Bytes SAFE_POINT = Bytes.of('S');
  static final Bytes SCHEMA_CHANGES = Bytes.of('H');
  static final Bytes TABLES = Bytes.of('T');
  static final Bytes OUTCOME_SECONDS = Bytes.of('E');
  static final Bytes OUTCOMES = Bytes.of('O');

  private static final byte OUTCOME = 'O';
  private static final byte COMMITTED = 1;
  private static final byte ABORTED = 2;
  private static final byte UNKNOWN = 3;

  private SideRecords() {}

  static Bytes of(long number) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  static long number(Bytes value, long ifAbsent) {
    return value == null ? ifAbsent : ByteBuffer.wrap(value.array()).getLong();
  }

  static Bytes schemaChange(long timestamp) {
    return SCHEMA_CHANGES.concat(of(timestamp));
  }

  static Bytes table(TableId table) {
    return TABLES.concat(of(table.value()));
  }

  /** The number behind a key's letter. */
  static long keyNumber(Bytes key) {
    return ByteBuffer.wrap(key.array()).getLong(1);
  }

  static Bytes outcome(CommitToken token) {
    return token(ByteBuffer.allocate(17).put(OUTCOME), token);
  }

  static Bytes outcomeSecond(long second, CommitToken token) {
    return token(ByteBuffer.allocate(25).put((byte) 'E').putLong(second), token);
  }

  static Bytes secondPrefix(long second) {
    return OUTCOME_SECONDS.concat(of(second));
  }

  static CommitToken tokenOfOutcome(Bytes key) {
    return CommitToken.of(key.slice(1, 17));
  }

  static CommitToken tokenOfSecond(Bytes key) {
    return CommitToken.of(key.slice(9, 25));
  }

  private static Bytes token(ByteBuffer key, CommitToken token) {
    return Bytes.wrap(
        key.putLong(token.value().getMostSignificantBits())
            .putLong(token.value().getLeastSignificantBits())
            .array());
  }

  static Bytes outcome(CommitOutcome outcome, long timestamp) {
    byte kind =
        switch (outcome) {
          case CommitOutcome.Committed committed -> COMMITTED;
          case CommitOutcome.Aborted aborted -> ABORTED;
          case CommitOutcome.Unknown unknown -> UNKNOWN;
        };
    return Bytes.wrap(ByteBuffer.allocate(9).put(kind).putLong(timestamp).array());
  }

  static long recordedAt(Bytes outcomeValue) {
    return keyNumber(outcomeValue);
  }

  static CommitOutcome outcome(Bytes value) {
    ByteBuffer source = ByteBuffer.wrap(value.array());
    byte kind = source.get();
    return switch (kind) {
      case COMMITTED -> new CommitOutcome.Committed(source.getLong());
      case ABORTED -> new CommitOutcome.Aborted();
      case UNKNOWN -> new CommitOutcome.Unknown();
      default -> throw new IllegalStateException("no outcome has the kind " + kind);
    };
  }
}
