// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.sql.ast.SessionStatement.Direction;
import io.distdb.sql.execute.RowSource;

/**
 * The rows of one FETCH, taken from their cursor as they are read (PostgreSQL's documentation,
 * FETCH). Those that nobody reads are passed over, so that the cursor stands where it should.
 */
final class FetchRows implements RowSource {
  private final Cursor cursor;
  private final boolean backward;
  private long left;

  private FetchRows(Cursor cursor, boolean backward, long left) {
    this.cursor = cursor;
    this.backward = backward;
    this.left = left;
  }

  /**
   * Moves to before the first of the rows.
   *
   * @param count {@code Long.MAX_VALUE}: all
   */
  static FetchRows of(Cursor cursor, Direction direction, long count) {
    return switch (direction) {
      case FORWARD -> count == 0 ? present(cursor) : along(cursor, count > 0, Math.abs(count));
      case BACKWARD -> count == 0 ? present(cursor) : along(cursor, count < 0, Math.abs(count));
      case ABSOLUTE -> absolute(cursor, count);
      case RELATIVE -> relative(cursor, count);
    };
  }

  private static FetchRows along(Cursor cursor, boolean forward, long count) {
    if (!forward && count > 0) {
      cursor.requireScroll();
    }
    return new FetchRows(cursor, !forward, count);
  }

  /** The row on which the cursor stands, if there is one. */
  private static FetchRows present(Cursor cursor) {
    if (!cursor.isOnRow()) {
      return along(cursor, true, 0);
    }
    cursor.backward();
    return along(cursor, true, 1);
  }

  private static FetchRows absolute(Cursor cursor, long row) {
    if (row > 0) {
      cursor.seek(row - 1);
      return along(cursor, true, 1);
    }
    if (row == 0) {
      cursor.seek(0);
      return along(cursor, true, 0);
    }
    long rows = cursor.seekEnd();
    cursor.backward();
    cursor.seek(Math.max(0, rows + row + 1));
    return cursor.isOnRow() ? present(cursor) : along(cursor, true, 0);
  }

  private static FetchRows relative(Cursor cursor, long rows) {
    if (rows == 0) {
      return present(cursor);
    }
    boolean forward = rows > 0;
    boolean more = true;
    for (long skipped = 1; more && skipped < Math.abs(rows); skipped++) {
      more = forward ? cursor.forward() : cursor.backward();
    }
    return along(cursor, forward, 1);
  }

  /** How many rows MOVE counts where the cursor stays on its row. */
  static boolean staysOnRow(Cursor cursor, Direction direction, long count) {
    return count == 0 && direction != Direction.ABSOLUTE && cursor.isOnRow();
  }

  /** Moves over all of them; returns how many there are. */
  long skip() {
    long skipped = 0;
    while (next()) {
      skipped++;
    }
    return skipped;
  }

  @Override
  public boolean next() {
    if (left <= 0 || cursor.isClosed()) {
      return false;
    }
    left--;
    boolean more = backward ? cursor.backward() : cursor.forward();
    if (!more) {
      left = 0;
    }
    return more;
  }

  @Override
  public boolean isNull(int column) {
    return cursor.row().isNull(column);
  }

  @Override
  public long getLong(int column) {
    return cursor.row().getLong(column);
  }

  @Override
  public double getDouble(int column) {
    return cursor.row().getDouble(column);
  }

  @Override
  public String getText(int column) {
    return cursor.row().getText(column);
  }

  @Override
  public Object getObject(int column) {
    return cursor.row().getObject(column);
  }

  @Override
  public void close() {
    skip();
  }
}
