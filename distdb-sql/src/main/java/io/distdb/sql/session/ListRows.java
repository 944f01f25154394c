// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.sql.execute.RowSource;
import java.util.List;

/** Text columns given as a list: what EXPLAIN and SHOW answer. */
final class ListRows implements RowSource {
  private final List<String> cells;
  private final int width;
  private int next;

  ListRows(List<String> lines) {
    this(lines, 1);
  }

  /**
   * @param cells row by row
   * @param width columns of a row
   */
  ListRows(List<String> cells, int width) {
    this.cells = List.copyOf(cells);
    this.width = width;
  }

  @Override
  public boolean next() {
    return next++ < cells.size() / width;
  }

  @Override
  public boolean isNull(int column) {
    return false;
  }

  @Override
  public long getLong(int column) {
    throw new IllegalStateException("a text column has no number");
  }

  @Override
  public double getDouble(int column) {
    throw new IllegalStateException("a text column has no number");
  }

  @Override
  public String getText(int column) {
    return cells.get((next - 1) * width + column);
  }

  @Override
  public Object getObject(int column) {
    throw new IllegalStateException("a text column has no object");
  }

  @Override
  public void close() {
    next = cells.size() / width;
  }
}
