// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The entries that can be read: what a damaged block holds is stepped over.
 *
 * <p>Where the block's keys end nobody says, so the first key that can be sought is searched for.
 * Keys are taken as fractions between 0 and 1: steps double until seeking succeeds, then the
 * interval of the last step is halved until it holds no further key of that many bytes. That is a
 * few hundred seeks for a damaged block, each of which reads it in vain.
 */
final class SalvagedEntries implements StoredEntries {
  /** Bytes of a key that the search tells apart. */
  private static final int KEY_BYTES_MIN = 24;

  private static final int KEY_BYTES_MAX = 96;

  private final OpenIterator iterator;
  private final Consumer<DistDbException> damages;

  SalvagedEntries(OpenIterator iterator, Consumer<DistDbException> damages) {
    this.iterator = iterator;
    this.damages = damages;
  }

  @Override
  public boolean seek(byte[] key) {
    try {
      return iterator.seek(key);
    } catch (DistDbException damage) {
      return stepOver(key, damage);
    }
  }

  @Override
  public boolean next() {
    byte[] last = iterator.key();
    try {
      return iterator.next();
    } catch (DistDbException damage) {
      return stepOver(Arrays.copyOf(last, last.length + 1), damage);
    }
  }

  /**
   * Moves to the first key above {@code from} that can be read; false when there is none.
   *
   * <p>RocksDB may find a key beside the damaged block from where the iterator stands and not find
   * it again from elsewhere: then the search goes on behind it, with larger steps.
   */
  private boolean stepOver(byte[] from, DistDbException damage) {
    if (damage.code() != ErrorCode.DATA_CORRUPTED) {
      throw damage;
    }
    damages.accept(damage);
    int bytes = Math.clamp(from.length, KEY_BYTES_MIN, KEY_BYTES_MAX);
    BigInteger place = new BigInteger(1, Arrays.copyOf(from, bytes));
    for (int shift = 0; shift < bytes * Byte.SIZE; shift += Byte.SIZE) {
      place = firstAbove(place, BigInteger.ONE.shiftLeft(shift), bytes);
      if (place == null) {
        return false;
      }
      try {
        return iterator.seek(key(place, bytes));
      } catch (DistDbException again) {
        // Not from here: go on behind it.
      }
    }
    return false;
  }

  /** The first place above {@code start} that can be sought, about; null when there is none. */
  private BigInteger firstAbove(BigInteger start, BigInteger firstStep, int bytes) {
    BigInteger end = BigInteger.ONE.shiftLeft(bytes * Byte.SIZE);
    BigInteger failing = start;
    BigInteger step = firstStep;
    while (!canSeek(start.add(step), bytes)) {
      failing = start.add(step);
      step = step.shiftLeft(1);
      if (start.add(step).compareTo(end) >= 0) {
        return null;
      }
    }
    BigInteger good = start.add(step);
    while (good.subtract(failing).compareTo(BigInteger.ONE) > 0) {
      BigInteger middle = failing.add(good).shiftRight(1);
      if (canSeek(middle, bytes)) {
        good = middle;
      } else {
        failing = middle;
      }
    }
    return good;
  }

  private boolean canSeek(BigInteger place, int bytes) {
    try {
      iterator.seek(key(place, bytes));
      return true;
    } catch (DistDbException damage) {
      return false;
    }
  }

  private static byte[] key(BigInteger place, int bytes) {
    byte[] digits = place.toByteArray();
    byte[] key = new byte[bytes];
    int length = Math.min(digits.length, bytes);
    System.arraycopy(digits, digits.length - length, key, bytes - length, length);
    return key;
  }

  @Override
  public byte[] key() {
    return iterator.key();
  }

  @Override
  public byte[] value() {
    return iterator.value();
  }

  @Override
  public void close() {
    iterator.close();
  }
}
