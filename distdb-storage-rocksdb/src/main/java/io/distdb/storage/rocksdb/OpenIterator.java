// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * An iterator of RocksDB and what was made for it. Sees one state of its family. Used by one
 * thread, inside the instance's gate; closed there too, or with the instance.
 */
final class OpenIterator implements StoredEntries {
  private final Instance instance;
  private final RocksIterator iterator;
  private final AbstractNativeReference[] others;
  private final AtomicBoolean released = new AtomicBoolean();

  /**
   * @param others closed after the iterator, in this order
   */
  OpenIterator(Instance instance, RocksIterator iterator, AbstractNativeReference... others) {
    this.instance = instance;
    this.iterator = Natives.counted(iterator);
    this.others = others;
    for (AbstractNativeReference other : others) {
      Natives.counted(other);
    }
  }

  @Override
  public boolean seek(byte[] key) {
    iterator.seek(key);
    return isValid();
  }

  /** Moves to the last key below {@code key}; false when there is none. */
  boolean seekBelow(byte[] key) {
    iterator.seekForPrev(key);
    if (iterator.isValid() && Arrays.equals(iterator.key(), key)) {
      iterator.prev();
    }
    return isValid();
  }

  @Override
  public boolean next() {
    iterator.next();
    return isValid();
  }

  boolean previous() {
    iterator.prev();
    return isValid();
  }

  private boolean isValid() {
    if (iterator.isValid()) {
      return true;
    }
    try {
      iterator.status();
      return false;
    } catch (RocksDBException failure) {
      throw instance.failed("scanning", failure);
    }
  }

  @Override
  public byte[] key() {
    return iterator.key();
  }

  @Override
  public byte[] value() {
    return iterator.value();
  }

  /** Copies the key to {@code scratch.key}; returns its length. */
  int key(Scratch scratch) {
    int length = iterator.key(scratch.key);
    if (length > scratch.key.length) {
      iterator.key(scratch.keyWithRoom(length));
    }
    return length;
  }

  /** Copies the value to {@code scratch.value}; returns its length. */
  int value(Scratch scratch) {
    int length = iterator.value(scratch.value);
    if (length > scratch.value.length) {
      iterator.value(scratch.valueWithRoom(length));
    }
    return length;
  }

  /** Unless the instance is closing: then it closes this. */
  @Override
  public void close() {
    if (instance.gate.tryEnter()) {
      try {
        instance.closed(this);
        release();
      } finally {
        instance.gate.leave();
      }
    }
  }

  /** Closes the native objects, once. */
  void release() {
    if (released.compareAndSet(false, true)) {
      Natives.released(iterator);
      for (AbstractNativeReference other : others) {
        Natives.released(other);
      }
    }
  }
}
