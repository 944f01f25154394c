// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.Limits;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.storage.WriteBatch.Operation;
import io.distdb.storage.memory.index.VersionedIndex;
import java.util.List;

/**
 * Looks a whole batch over before anything of it is applied: refuses what cannot be applied, and
 * finds the index of every operation, so that applying needs no second look-up and cannot fail.
 *
 * <p>Keeps its arrays from batch to batch. Guarded by the store's lock.
 */
final class BatchCheck {
  private static final int KEPT_OPERATIONS_MAX = 1 << 16;

  private IndexSlot[] slots = new IndexSlot[16];
  private final RepeatedKeys repeatedKeys = new RepeatedKeys();
  private IndexTable table;
  private boolean backwards;
  private boolean hasSides;
  private boolean hasRuns;

  /**
   * @throws DistDbException {@code UNDEFINED_OBJECT}, {@code DUPLICATE_OBJECT}, {@code
   *     PROGRAM_LIMIT_EXCEEDED}: nothing was changed
   */
  void check(WriteBatch batch, IndexTable current) {
    List<Operation> operations = batch.operations();
    int count = operations.size();
    if (slots.length < count) {
      slots = new IndexSlot[count];
    }
    table = current;
    hasSides = false;
    hasRuns = false;
    int versions = 0;
    for (int i = 0; i < count; i++) {
      Operation operation = operations.get(i);
      slots[i] = null;
      // The two frequent kinds first: a type switch costs more than the rest of this loop.
      if (operation instanceof WriteBatch.Put put) {
        checkLength("value", put.value(), Limits.VALUE_BYTES_MAX);
        slots[i] = slotOf(put.index(), put.key());
        versions++;
      } else if (operation instanceof WriteBatch.Delete delete) {
        slots[i] = slotOf(delete.index(), delete.key());
        versions++;
      } else if (operation instanceof WriteBatch.PutAll all) {
        slots[i] = slotOf(all);
        hasRuns = true;
      } else {
        checkOther(operation);
      }
    }
    Invariant.check(
        versions == 0 && !hasRuns || batch.timestamp() > Timestamp.NONE,
        "versions have a commit timestamp");
    backwards = versions > 1 && repeatedKeys.anyIn(operations, versions);
  }

  private void checkOther(Operation operation) {
    switch (operation) {
      case WriteBatch.CreateIndex create -> create(create.index(), create.kind());
      case WriteBatch.DropIndex drop -> table = table.without(drop.index());
      case WriteBatch.PutAll all -> throw Invariant.unreachable("runs are looked at before");
      case WriteBatch.PutSide side -> {
        checkLength("side record's key", side.key(), Limits.KEY_BYTES_MAX);
        checkLength("side record", side.value(), Limits.VALUE_BYTES_MAX);
        hasSides = true;
      }
      case WriteBatch.DeleteSide side -> {
        checkLength("side record's key", side.key(), Limits.KEY_BYTES_MAX);
        hasSides = true;
      }
      case WriteBatch.Put put -> throw Invariant.unreachable("puts are looked at before");
      case WriteBatch.Delete delete -> throw Invariant.unreachable("deletes are looked at before");
    }
  }

  private void create(IndexId id, IndexKind kind) {
    IndexSlot existing = table.find(id);
    if (existing == null) {
      table = table.with(new IndexSlot(VersionedIndex.create(id, kind)));
    } else if (existing.index.kind() != kind) {
      throw new DistDbException(
          ErrorCode.DUPLICATE_OBJECT,
          "index " + id + " exists as " + existing.index.kind() + ", not as " + kind);
    }
  }

  private IndexSlot slotOf(IndexId id, Bytes key) {
    IndexSlot slot = table.find(id);
    if (slot == null) {
      throw MemoryStore.undefined(id);
    }
    checkLength("key", key, Limits.KEY_BYTES_MAX);
    if (slot.index.kind() == IndexKind.HASH) {
      Invariant.check(HashKey.isValid(key), "keys of a HASH index are HashKeys");
    }
    return slot;
  }

  private IndexSlot slotOf(WriteBatch.PutAll all) {
    IndexSlot slot = table.find(all.index());
    if (slot == null) {
      throw MemoryStore.undefined(all.index());
    }
    checkLength("key", all.run().keyBytesMax(), Limits.KEY_BYTES_MAX);
    checkLength("value", all.run().valueBytesMax(), Limits.VALUE_BYTES_MAX);
    if (slot.index.kind() == IndexKind.HASH) {
      for (int i = 0; i < all.run().size(); i++) {
        Invariant.check(
            HashKey.isValid(Bytes.wrap(all.run().key(i))), "keys of a HASH index are HashKeys");
      }
    }
    return slot;
  }

  private static void checkLength(String what, Bytes bytes, int bytesMax) {
    checkLength(what, bytes.length(), bytesMax);
  }

  private static void checkLength(String what, int length, int bytesMax) {
    if (length > bytesMax) {
      throw new DistDbException(
          ErrorCode.PROGRAM_LIMIT_EXCEEDED,
          "a " + what + " of " + length + " bytes; the limit is " + bytesMax);
    }
  }

  /** The index of the batch's operation {@code i}, or null when it puts or deletes nothing. */
  IndexSlot slot(int i) {
    return slots[i];
  }

  /** The indexes as they are after the batch. */
  IndexTable table() {
    return table;
  }

  /**
   * Whether some key is written twice. The later operation must win, and an index keeps the first
   * version that it gets of a key and timestamp: so the batch is applied from its end.
   */
  boolean backwards() {
    return backwards;
  }

  /** Whether there are runs. They are put last: a single operation of a key is newer. */
  boolean hasRuns() {
    return hasRuns;
  }

  boolean hasSides() {
    return hasSides;
  }

  /** Lets go of what an unusual batch left here. */
  void release(boolean indexesChanged) {
    if (indexesChanged || slots.length > KEPT_OPERATIONS_MAX) {
      slots = new IndexSlot[16];
    }
    repeatedKeys.release();
    table = null;
  }
}
