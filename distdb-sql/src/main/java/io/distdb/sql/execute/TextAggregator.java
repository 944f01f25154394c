// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.vector.Vector;
import java.util.Arrays;

/** {@code string_agg}: the values that are not NULL, with their delimiters between. */
final class TextAggregator implements Aggregator {
  /** Of a builder and its array. */
  private static final int TEXT_BYTES = 64;

  private StringBuilder[] texts = {};
  private long heldBytes;

  @Override
  public void ensure(int groups) {
    if (texts.length < groups) {
      texts = Arrays.copyOf(texts, Math.max(8, groups * 2));
    }
  }

  @Override
  public void add(int group, Vector argument, int row) {
    throw new UnsupportedOperationException("string_agg has two arguments");
  }

  @Override
  public void add(int group, Vector[] arguments, int row) {
    if (arguments[0].nulls[row]) {
      return;
    }
    if (texts[group] == null) {
      texts[group] = new StringBuilder();
      heldBytes += TEXT_BYTES;
    } else if (!arguments[1].nulls[row]) {
      append(group, arguments[1].texts[row]);
    }
    append(group, arguments[0].texts[row]);
  }

  private void append(int group, String text) {
    texts[group].append(text);
    heldBytes += text.length();
  }

  @Override
  public long heldBytes() {
    return heldBytes;
  }

  @Override
  public boolean gathers() {
    return true;
  }

  /** A group's text so far is a value; the delimiter of a first value does not count. */
  @Override
  public void giveBack(ColumnBuffer target) {
    Batch row = new Batch(ColumnBuffer.like(target));
    row.setDense(1);
    for (int group = 0; group < texts.length; group++) {
      if (texts[group] != null) {
        row.columns[0].longs[0] = group;
        row.columns[1].texts[0] = texts[group].toString();
        row.columns[2].nulls[0] = true;
        target.append(row);
      }
    }
  }

  @Override
  public void result(int group, Vector target, int at) {
    target.nulls[at] = texts[group] == null;
    target.texts[at] = texts[group] == null ? null : texts[group].toString();
  }
}
