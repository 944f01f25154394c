// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Arrays that a thread makes keys in and that RocksDB copies keys and values to, kept from call to
 * call. Nothing in them outlives the call.
 */
final class Scratch {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  /** One large value must not stay in memory for each thread that met it. */
  private static final int KEPT_BYTES_MAX = 256 << 10;

  byte[] key = new byte[256];
  byte[] value = new byte[4 << 10];

  private Scratch() {}

  static Scratch ofThread() {
    Scratch scratch = OF_THREAD.get();
    if (scratch.value.length > KEPT_BYTES_MAX) {
      scratch.value = new byte[KEPT_BYTES_MAX];
    }
    return scratch;
  }

  /** {@link #key} with room for {@code length} bytes; what it held may be gone. */
  byte[] keyWithRoom(int length) {
    if (key.length < length) {
      key = new byte[Math.max(length, key.length * 2)];
    }
    return key;
  }

  /** As {@link #keyWithRoom}. */
  byte[] valueWithRoom(int length) {
    if (value.length < length) {
      value = new byte[length + (length >> 3)];
    }
    return value;
  }

  /** The eight bytes that begin every value. */
  long header() {
    return (long) LONGS.get(value, 0);
  }

  /** A copy of what follows the header. */
  byte[] payload(int length) {
    return Arrays.copyOfRange(value, Header.BYTES, length);
  }
}
