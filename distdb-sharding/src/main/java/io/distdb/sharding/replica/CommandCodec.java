// SPDX-License-Identifier: MIT
package io.distdb.sharding.replica;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.Varint;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.txn.CommitToken;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Commands to bytes and back: version (1), kind (1), fields. Big-endian; counts and ids are
 * varints.
 *
 * <table>
 * <caption>Fields by kind</caption>
 * <tr><th>kind</th><th>fields</th></tr>
 * <tr><td>1 Commit</td><td>flags (1; bit 0: a token follows; bit 1: and an answered one), tokens (0, 16
 * or 32), number of changed tables, their ids, write batch</td></tr>
 * <tr><td>2 ProposeOutcome</td><td>token (16), timestamp (8)</td></tr>
 * <tr><td>3 ExtendTimestampBound</td><td>bound (8)</td></tr>
 * <tr><td>4 ExpireOutcomes</td><td>kept (8), forgotten (8)</td></tr>
 * <tr><td>5 AdvanceSafePoint</td><td>safe point (8)</td></tr>
 * <tr><td>6 AllocateIndexIds</td><td>count (4)</td></tr>
 * </table>
 */
final class CommandCodec {
  static final byte VERSION = 1;

  private static final byte COMMIT = 1;
  private static final byte PROPOSE_OUTCOME = 2;
  private static final byte EXTEND_TIMESTAMP_BOUND = 3;
  private static final byte EXPIRE_OUTCOMES = 4;
  private static final byte ADVANCE_SAFE_POINT = 5;
  private static final byte ALLOCATE_INDEX_IDS = 6;

  private static final int HEADER_BYTES = 2;
  private static final int TOKEN_BYTES = 16;
  private static final byte WITH_TOKEN = 1;

  /** In requests of gateways, not in the log: see {@link ShardReplica#complete}. */
  private static final byte WITH_ANSWERED = 2;

  private CommandCodec() {}

  static int size(ShardCommand command) {
    return HEADER_BYTES
        + switch (command) {
          case ShardCommand.Commit commit -> commitSize(commit);
          case ShardCommand.ProposeOutcome propose -> TOKEN_BYTES + Long.BYTES;
          case ShardCommand.ExtendTimestampBound extend -> Long.BYTES;
          case ShardCommand.ExpireOutcomes expire -> 2 * Long.BYTES;
          case ShardCommand.AdvanceSafePoint advance -> Long.BYTES;
          case ShardCommand.AllocateIndexIds allocate -> Integer.BYTES;
        };
  }

  private static int commitSize(ShardCommand.Commit commit) {
    int size = 1 + Integer.bitCount(flags(commit)) * TOKEN_BYTES;
    List<TableId> tables = commit.changedTables();
    size += Varint.size(tables.size());
    for (int i = 0; i < tables.size(); i++) {
      size += Varint.size(tables.get(i).value());
    }
    return Math.addExact(size, commit.batch().encodedSize());
  }

  static void encode(ShardCommand command, ByteBuffer target) {
    target.put(VERSION);
    switch (command) {
      case ShardCommand.Commit commit -> encodeCommit(commit, target);
      case ShardCommand.ProposeOutcome(CommitToken token, long timestamp) -> {
        target.put(PROPOSE_OUTCOME);
        putToken(target, token);
        target.putLong(timestamp);
      }
      case ShardCommand.ExtendTimestampBound(long bound) ->
          target.put(EXTEND_TIMESTAMP_BOUND).putLong(bound);
      case ShardCommand.ExpireOutcomes(long kept, long forgotten) ->
          target.put(EXPIRE_OUTCOMES).putLong(kept).putLong(forgotten);
      case ShardCommand.AdvanceSafePoint(long safePoint) ->
          target.put(ADVANCE_SAFE_POINT).putLong(safePoint);
      case ShardCommand.AllocateIndexIds(int count) -> target.put(ALLOCATE_INDEX_IDS).putInt(count);
    }
  }

  private static byte flags(ShardCommand.Commit commit) {
    if (commit.token() == null) {
      return 0;
    }
    return commit.token().answered() == null ? WITH_TOKEN : WITH_TOKEN | WITH_ANSWERED;
  }

  private static void encodeCommit(ShardCommand.Commit commit, ByteBuffer target) {
    target.put(COMMIT);
    byte flags = flags(commit);
    target.put(flags);
    if (flags != 0) {
      putToken(target, commit.token());
    }
    if ((flags & WITH_ANSWERED) != 0) {
      putToken(target, new CommitToken(commit.token().answered()));
    }
    List<TableId> tables = commit.changedTables();
    Varint.put(target, tables.size());
    for (int i = 0; i < tables.size(); i++) {
      Varint.put(target, tables.get(i).value());
    }
    commit.batch().encode(target);
  }

  /**
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: a newer version; {@code DATA_CORRUPTED}:
   *     not a command
   */
  static ShardCommand decode(Bytes payload) {
    ByteBuffer source = ByteBuffer.wrap(payload.array());
    try {
      byte version = source.get();
      if (version > VERSION) {
        throw new DistDbException(
                ErrorCode.INCOMPATIBLE_FORMAT,
                "a log entry has command format "
                    + version
                    + ", this binary knows up to "
                    + VERSION)
            .withHint("open the database with a newer DistDB");
      }
      if (version != VERSION) {
        throw new IllegalArgumentException("command format " + version);
      }
      ShardCommand command = decodeFields(source);
      if (source.hasRemaining()) {
        throw new IllegalArgumentException(source.remaining() + " bytes are left over");
      }
      return command;
    } catch (IllegalArgumentException | BufferUnderflowException broken) {
      throw new DistDbException(
          ErrorCode.DATA_CORRUPTED,
          "a log entry of " + payload.length() + " bytes is no command: " + broken.getMessage(),
          broken);
    }
  }

  private static ShardCommand decodeFields(ByteBuffer source) {
    byte kind = source.get();
    return switch (kind) {
      case COMMIT -> decodeCommit(source);
      case PROPOSE_OUTCOME -> new ShardCommand.ProposeOutcome(token(source), source.getLong());
      case EXTEND_TIMESTAMP_BOUND -> new ShardCommand.ExtendTimestampBound(source.getLong());
      case EXPIRE_OUTCOMES -> new ShardCommand.ExpireOutcomes(source.getLong(), source.getLong());
      case ADVANCE_SAFE_POINT -> new ShardCommand.AdvanceSafePoint(source.getLong());
      case ALLOCATE_INDEX_IDS -> new ShardCommand.AllocateIndexIds(source.getInt());
      default -> throw new IllegalArgumentException("no command has the kind " + kind);
    };
  }

  private static ShardCommand decodeCommit(ByteBuffer source) {
    byte flags = source.get();
    if (flags != 0 && flags != WITH_TOKEN && flags != (WITH_TOKEN | WITH_ANSWERED)) {
      throw new IllegalArgumentException("commit flags " + flags);
    }
    CommitToken token = flags == 0 ? null : token(source);
    if ((flags & WITH_ANSWERED) != 0) {
      token = token.withAnswered(token(source).value());
    }
    int count = Varint.getInt(source);
    if (count > source.remaining()) {
      throw new IllegalArgumentException(count + " tables");
    }
    List<TableId> tables = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tables.add(new TableId(Varint.get(source)));
    }
    return new ShardCommand.Commit(WriteBatch.decode(source), token, tables);
  }

  private static void putToken(ByteBuffer target, CommitToken token) {
    target.putLong(token.value().getMostSignificantBits());
    target.putLong(token.value().getLeastSignificantBits());
  }

  private static CommitToken token(ByteBuffer source) {
    return new CommitToken(new UUID(source.getLong(), source.getLong()));
  }
}
