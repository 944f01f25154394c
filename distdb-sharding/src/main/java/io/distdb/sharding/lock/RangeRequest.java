// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

import io.distdb.api.Bytes;
import io.distdb.api.index.KeyRange;

/** A range lock, wanted or (state GRANTED) held. Written under all stripes, read under any. */
final class RangeRequest extends Request {
  final KeyRange range;
  final RangeMode mode;

  /** The next range of the same owner. */
  RangeRequest nextOwned;

  RangeRequest(LockOwner owner, long space, KeyRange range, RangeMode mode) {
    super(owner, space);
    this.range = range;
    this.mode = mode;
  }

  boolean held() {
    return state == State.GRANTED;
  }

  boolean contains(long otherSpace, Bytes key) {
    return space == otherSpace && range.contains(key);
  }

  /** Whether this one, when held, grants all that {@code other} asks for. */
  boolean covers(long otherSpace, KeyRange other, RangeMode otherMode) {
    return space == otherSpace
        && mode.covers(otherMode)
        && other.from().compareTo(range.from()) >= 0
        && (range.to() == null || other.to() != null && other.to().compareTo(range.to()) <= 0);
  }

  @Override
  String describe() {
    return mode
        + " on range ["
        + range.from()
        + ", "
        + (range.to() == null ? "end" : range.to())
        + ") of index "
        + space;
  }
}
