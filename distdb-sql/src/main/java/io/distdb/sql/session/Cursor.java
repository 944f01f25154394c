// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.execute.KeptRows;
import io.distdb.sql.external.RowCells;
import java.util.List;

/**
 * What DECLARE made: a query that is read on and on, its rows numbered from 1. One that scrolls
 * keeps the rows that it has passed; one that is held keeps those that are still to come, once its
 * transaction is over. Used by the session's thread.
 */
final class Cursor implements ServerCursor {
  /**
   * What it is and where it comes from.
   *
   * @param createdMicros since 1970, UTC
   */
  record Facts(
      String name, String statement, boolean holdable, boolean scrollable, long createdMicros) {}

  private final Facts facts;
  private final List<ResultColumn> columns;

  /** Null once all rows were taken from it. */
  private CursorRows source;

  /** What cancels {@link #source}; null when it is not needed any more, or needs none. */
  private final RunningStatement running;

  /** Savepoints that there were when it was declared. */
  private int depth;

  private final KeptRows store;

  /** The number of the first row of {@link #store}. */
  private long storedFrom = 1;

  /** Rows taken from the source. */
  private long fetched;

  /** 0: before the first row; {@code fetched + 1}: after the last. */
  private long position;

  private boolean held;
  private boolean broken;
  private boolean closed;

  /**
   * @param store empty
   */
  Cursor(Facts facts, CursorRows source, RunningStatement running, KeptRows store, int depth) {
    this.facts = facts;
    this.source = source;
    this.running = running;
    this.store = store;
    this.depth = depth;
    columns = source.columns();
  }

  /** Says that so many rows were read before it was made. */
  Cursor after(long passed) {
    fetched = passed;
    position = passed;
    return this;
  }

  Facts facts() {
    return facts;
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  RunningStatement running() {
    return source == null ? null : running;
  }

  boolean isHeld() {
    return held;
  }

  boolean isClosed() {
    return closed;
  }

  int depth() {
    return depth;
  }

  /** Savepoints above {@code newDepth} were released. */
  void surface(int newDepth) {
    depth = Math.min(depth, newDepth);
  }

  /**
   * @throws DistDbException {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: its query has failed
   */
  void checkUsable() {
    if (broken) {
      throw new DistDbException(
          ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
          "portal \"" + facts.name() + "\" cannot be run");
    }
  }

  // --- moving ---

  long position() {
    return position;
  }

  boolean isOnRow() {
    return position > 0 && position <= fetched;
  }

  /** To the next row; false: after the last. */
  boolean forward() {
    if (position < fetched) {
      position++;
      return true;
    }
    if (source == null || broken || !take()) {
      position = fetched + 1;
      return false;
    }
    position = fetched;
    if (facts.scrollable()) {
      store.add(source.cells());
    }
    return true;
  }

  /** Takes a row from the source; false: there was none, and the source is no more. */
  private boolean take() {
    boolean more = false;
    boolean done = false;
    try {
      more = source.next();
      done = true;
    } finally {
      broken |= !done;
    }
    if (more) {
      fetched++;
    } else {
      source = null;
    }
    return more;
  }

  /**
   * To the row before; false: before the first.
   *
   * @throws DistDbException {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: it does not scroll
   */
  boolean backward() {
    requireScroll();
    if (position > 0) {
      position--;
    }
    return position > 0;
  }

  /**
   * To row {@code row}, or as far as there are rows.
   *
   * @param row 0: before the first
   */
  void seek(long row) {
    if (row < position) {
      requireScroll();
      position = Math.min(row, fetched);
    }
    boolean more = true;
    while (more && position < row) {
      more = forward();
    }
  }

  /** After the last row; returns how many there are. */
  long seekEnd() {
    boolean more = true;
    while (more) {
      more = forward();
    }
    return fetched;
  }

  /**
   * @throws DistDbException {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: it does not scroll
   */
  void requireScroll() {
    if (!facts.scrollable()) {
      throw new DistDbException(
              ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, "cursor can only scan forward")
          .withHint("Declare it with SCROLL option to enable backward scan.");
    }
  }

  /** The cells of the present row. */
  RowCells row() {
    if (source != null && position == fetched) {
      return source.cells();
    }
    store.moveTo(position - storedFrom);
    return store;
  }

  // --- the end ---

  /** Takes all rows that are left: it needs its transaction no more. */
  void hold() {
    checkUsable();
    if (source != null) {
      if (!facts.scrollable()) {
        storedFrom = fetched + 1;
      }
      while (source != null && take()) {
        store.add(source.cells());
      }
    }
    held = true;
  }

  void close() {
    if (!closed) {
      closed = true;
      if (source != null) {
        source.close();
        source = null;
      }
      store.close();
    }
  }
}
