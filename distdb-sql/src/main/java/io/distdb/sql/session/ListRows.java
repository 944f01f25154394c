// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.sql.execute.RowSource;
import java.util.List;

/** One text column given as a list: what EXPLAIN and SHOW answer. */
final class ListRows implements RowSource {
  private final List<String> lines;
  private int next;

  ListRows(List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  @Override
  public boolean next() {
    return next++ < lines.size();
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
    return lines.get(next - 1);
  }

  @Override
  public Object getObject(int column) {
    throw new IllegalStateException("a text column has no object");
  }

  @Override
  public void close() {
    next = lines.size();
  }
}
