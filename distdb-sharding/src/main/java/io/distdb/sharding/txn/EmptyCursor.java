// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.error.Invariant;
import io.distdb.api.index.IndexCursor;

/** The committed entries of an index that only its creator sees: none. */
enum EmptyCursor implements IndexCursor {
  INSTANCE;

  @Override
  public boolean next() {
    return false;
  }

  @Override
  public Bytes key() {
    throw Invariant.unreachable("a key of an empty cursor");
  }

  @Override
  public Bytes value() {
    throw Invariant.unreachable("a value of an empty cursor");
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
