// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryRun;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.KeyRange;
import java.util.Arrays;

/**
 * The keys of a sorted run that have a value in an index at its newest.
 *
 * <p>In an ordered index run and index are walked together; where one is far ahead the other jumps
 * to it, so that a few keys far apart do not cost a walk over what is between them, and a run above
 * all keys of the index costs one look. Source of the idea: the leapfrog join (Veldhuizen,
 * "Leapfrog Triejoin", 2014).
 */
final class KeyMatches implements AutoCloseable {
  /** Entries passed one by one before the index is searched anew. */
  private static final int STEPS_MAX = 16;

  private final Index index;
  private final EntryRun run;
  private final boolean ordered;
  private IndexCursor cursor;
  private boolean hasEntry;
  private int at = -1;

  KeyMatches(Index index, EntryRun run) {
    this.index = index;
    this.run = run;
    ordered = index.kind().ordered();
  }

  /** Place in the run of the present match. */
  int at() {
    return at;
  }

  /** Moves to the next match; false when there is none. */
  boolean next() {
    at++;
    return ordered ? leap() : search();
  }

  private boolean search() {
    while (at < run.size()) {
      if (index.get(Bytes.wrap(run.key(at)), Timestamp.LATEST) != null) {
        return true;
      }
      at++;
    }
    return false;
  }

  private boolean leap() {
    if (cursor == null && at < run.size()) {
      seek();
    }
    while (hasEntry && at < run.size()) {
      int order = Arrays.compareUnsigned(cursor.key().array(), run.key(at));
      if (order == 0) {
        return true;
      }
      if (order > 0) {
        at = place(cursor.key().array());
      } else {
        catchUp();
      }
    }
    return false;
  }

  /** Of the first key of the run at or above {@code key}: near in most cases. */
  private int place(byte[] key) {
    int near = Math.min(run.size(), at + STEPS_MAX);
    for (int i = at + 1; i < near; i++) {
      if (Arrays.compareUnsigned(run.key(i), key) >= 0) {
        return i;
      }
    }
    return run.ceiling(key);
  }

  private void catchUp() {
    for (int step = 0; step < STEPS_MAX; step++) {
      hasEntry = cursor.next();
      if (!hasEntry || Arrays.compareUnsigned(cursor.key().array(), run.key(at)) >= 0) {
        return;
      }
    }
    cursor.close();
    seek();
  }

  private void seek() {
    KeyRange rest = new KeyRange(Bytes.wrap(run.key(at)), run.span().to());
    cursor = index.range(rest, Direction.FORWARD, Timestamp.LATEST);
    hasEntry = cursor.next();
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
    }
  }
}
