// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexCursor;

/** Walks over a few hash entries at one timestamp. */
final class HashCursor implements IndexCursor {
  private static final HashEntry[] NONE = {};

  private final long asOf;
  private HashEntry[] entries;
  private int at = -1;
  private byte[] value;

  HashCursor(HashEntry[] entries, long asOf) {
    this.entries = entries;
    this.asOf = asOf;
  }

  static HashCursor empty() {
    return new HashCursor(NONE, 0);
  }

  @Override
  public boolean next() {
    while (++at < entries.length) {
      value = entries[at].visible(asOf);
      if (value != null) {
        return true;
      }
    }
    close();
    return false;
  }

  @Override
  public Bytes key() {
    return Bytes.wrap(entries[at].key);
  }

  @Override
  public Bytes value() {
    return Bytes.wrap(value);
  }

  @Override
  public void close() {
    entries = NONE;
    at = -1;
    value = null;
  }
}
