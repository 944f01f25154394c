// SPDX-License-Identifier: MIT
package io.distdb.api.storage;

import io.distdb.api.Bytes;
import io.distdb.api.Encodable;
import io.distdb.api.Varint;
import io.distdb.api.error.Invariant;
import io.distdb.api.index.EntryRun;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes to several indexes that become visible together at one timestamp, and to side records,
 * which have no versions. Operations are applied in order; a later one on the same key wins. Filled
 * by one thread, then read-only.
 *
 * <p>Bytes (format version 1; see docs/formats/write-batch.md): timestamp (8), number of operations
 * (varint), then each operation: kind (1) and its fields, ids and lengths as varints.
 */
public final class WriteBatch implements Encodable {
  /** One change. */
  public sealed interface Operation {}

  /** A new version of a key. */
  public record Put(IndexId index, Bytes key, Bytes value) implements Operation {}

  /**
   * A new version of each key of a sorted run, whose keys are distinct and in no other run of the
   * batch. Encoded as so many {@link Put}s, and so decoded.
   */
  public record PutAll(IndexId index, EntryRun run) implements Operation {}

  /** A deletion as the newest version of a key; the key need not exist. */
  public record Delete(IndexId index, Bytes key) implements Operation {}

  /** A new, empty index; nothing happens when it exists with the same kind. */
  public record CreateIndex(IndexId index, IndexKind kind) implements Operation {}

  /** Takes an index away with all versions; nothing happens when there is none. */
  public record DropIndex(IndexId index) implements Operation {}

  /** An unversioned record beside the indexes, replacing the one of the same key. */
  public record PutSide(Bytes key, Bytes value) implements Operation {}

  /** Removes a side record; it need not exist. */
  public record DeleteSide(Bytes key) implements Operation {}

  private static final byte PUT = 1;
  private static final byte DELETE = 2;
  private static final byte CREATE_INDEX = 3;
  private static final byte DROP_INDEX = 4;
  private static final byte PUT_SIDE = 5;
  private static final byte DELETE_SIDE = 6;

  private List<Operation> operations;

  /** The list is someone else's: the first operation that is added goes into a copy. */
  private boolean borrowed;

  private long timestamp;
  private int operationBytes;

  /** By how many the encoded operations are more: those of runs beyond the first. */
  private int moreEncoded;

  public WriteBatch() {
    this(8);
  }

  public WriteBatch(int expectedOperations) {
    operations = new ArrayList<>(expectedOperations);
  }

  /**
   * A batch of {@code operations}, which the caller keeps and changes no more; no copy is made.
   * There is no {@link PutAll} among them.
   *
   * @param operationBytes encoded size of all of them, as {@link #encodedBytes} counts
   */
  public static WriteBatch over(List<Operation> operations, int operationBytes) {
    WriteBatch batch = new WriteBatch(operations);
    batch.operationBytes = operationBytes;
    return batch;
  }

  private WriteBatch(List<Operation> borrowedOperations) {
    operations = borrowedOperations;
    borrowed = true;
  }

  /** Encoded size of one operation, or of all that a {@link PutAll} is encoded as. */
  public static int encodedBytes(Operation operation) {
    if (operation instanceof PutAll(IndexId index, EntryRun run)) {
      return Math.toIntExact(run.bytes() + run.size() * (1L + Varint.size(index.value())));
    }
    return 1
        + switch (operation) {
          case Put(IndexId index, Bytes key, Bytes value) ->
              Varint.size(index.value()) + Varint.size(key) + Varint.size(value);
          case PutAll all -> throw Invariant.unreachable("runs are measured before");
          case Delete(IndexId index, Bytes key) -> Varint.size(index.value()) + Varint.size(key);
          case CreateIndex(IndexId index, IndexKind kind) -> 1 + Varint.size(index.value());
          case DropIndex(IndexId index) -> Varint.size(index.value());
          case PutSide(Bytes key, Bytes value) -> Varint.size(key) + Varint.size(value);
          case DeleteSide(Bytes key) -> Varint.size(key);
        };
  }

  /** Adds an operation that may be one of another batch too. */
  public WriteBatch add(Operation operation) {
    if (borrowed) {
      operations = new ArrayList<>(operations);
      borrowed = false;
    }
    operationBytes = Math.addExact(operationBytes, encodedBytes(operation));
    operations.add(operation);
    if (operation instanceof PutAll all) {
      moreEncoded += all.run().size() - 1;
    }
    return this;
  }

  /** Puts all of a sorted run: see {@link PutAll}. */
  public WriteBatch putAll(IndexId index, EntryRun run) {
    return add(new PutAll(index, run));
  }

  public WriteBatch put(IndexId index, Bytes key, Bytes value) {
    return add(new Put(index, key, value));
  }

  public WriteBatch delete(IndexId index, Bytes key) {
    return add(new Delete(index, key));
  }

  public WriteBatch createIndex(IndexId index, IndexKind kind) {
    return add(new CreateIndex(index, kind));
  }

  public WriteBatch dropIndex(IndexId index) {
    return add(new DropIndex(index));
  }

  public WriteBatch putSide(Bytes key, Bytes value) {
    return add(new PutSide(key, value));
  }

  public WriteBatch deleteSide(Bytes key) {
    return add(new DeleteSide(key));
  }

  /** Sets the timestamp at which the versions of this batch become visible. */
  public WriteBatch at(long commitTimestamp) {
    timestamp = commitTimestamp;
    return this;
  }

  public long timestamp() {
    return timestamp;
  }

  /** The operations in order; do not change the list. */
  public List<Operation> operations() {
    return operations;
  }

  public boolean isEmpty() {
    return operations.isEmpty();
  }

  @Override
  public int encodedSize() {
    return 8 + Varint.size(operations.size() + moreEncoded) + operationBytes;
  }

  @Override
  public void encode(ByteBuffer target) {
    target.putLong(timestamp);
    Varint.put(target, operations.size() + moreEncoded);
    for (Operation operation : operations) {
      encode(operation, target);
    }
  }

  private static void encode(Operation operation, ByteBuffer target) {
    switch (operation) {
      case Put(IndexId index, Bytes key, Bytes value) -> {
        target.put(PUT);
        Varint.put(target, index.value());
        Varint.putBytes(target, key);
        Varint.putBytes(target, value);
      }
      case PutAll(IndexId index, EntryRun run) -> encode(index, run, target);
      case Delete(IndexId index, Bytes key) -> {
        target.put(DELETE);
        Varint.put(target, index.value());
        Varint.putBytes(target, key);
      }
      case CreateIndex(IndexId index, IndexKind kind) -> {
        target.put(CREATE_INDEX);
        Varint.put(target, index.value());
        target.put((byte) kind.code());
      }
      case DropIndex(IndexId index) -> {
        target.put(DROP_INDEX);
        Varint.put(target, index.value());
      }
      case PutSide(Bytes key, Bytes value) -> {
        target.put(PUT_SIDE);
        Varint.putBytes(target, key);
        Varint.putBytes(target, value);
      }
      case DeleteSide(Bytes key) -> {
        target.put(DELETE_SIDE);
        Varint.putBytes(target, key);
      }
    }
  }

  private static void encode(IndexId index, EntryRun run, ByteBuffer target) {
    for (int i = 0; i < run.size(); i++) {
      target.put(PUT);
      Varint.put(target, index.value());
      Varint.put(target, run.key(i).length);
      target.put(run.key(i));
      Varint.put(target, run.value(i).length);
      target.put(run.value(i));
    }
  }

  /**
   * Reads one batch at the buffer's position, which moves past it.
   *
   * @throws IllegalArgumentException or {@link java.nio.BufferUnderflowException}: not a batch
   */
  public static WriteBatch decode(ByteBuffer source) {
    long timestamp = source.getLong();
    int count = Varint.getInt(source);
    if (count > source.remaining()) {
      throw new IllegalArgumentException(
          count + " operations where " + source.remaining() + " bytes are left");
    }
    WriteBatch batch = new WriteBatch(count).at(timestamp);
    for (int i = 0; i < count; i++) {
      decodeOperation(source, batch);
    }
    return batch;
  }

  private static void decodeOperation(ByteBuffer source, WriteBatch batch) {
    byte kind = source.get();
    switch (kind) {
      case PUT -> batch.put(indexId(source), Varint.getBytes(source), Varint.getBytes(source));
      case DELETE -> batch.delete(indexId(source), Varint.getBytes(source));
      case CREATE_INDEX -> batch.createIndex(indexId(source), IndexKind.ofCode(source.get()));
      case DROP_INDEX -> batch.dropIndex(indexId(source));
      case PUT_SIDE -> batch.putSide(Varint.getBytes(source), Varint.getBytes(source));
      case DELETE_SIDE -> batch.deleteSide(Varint.getBytes(source));
      default -> throw new IllegalArgumentException("no batch operation has the kind " + kind);
    }
  }

  private static IndexId indexId(ByteBuffer source) {
    return new IndexId(Varint.get(source));
  }
}
