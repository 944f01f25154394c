// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import java.util.Arrays;

/** {@code string_agg}: the values that are not NULL, with their delimiters between. */
final class TextAggregator implements Aggregator {
  private StringBuilder[] texts = {};

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
    } else if (!arguments[1].nulls[row]) {
      texts[group].append(arguments[1].texts[row]);
    }
    texts[group].append(arguments[0].texts[row]);
  }

  @Override
  public void result(int group, Vector target, int at) {
    target.nulls[at] = texts[group] == null;
    target.texts[at] = texts[group] == null ? null : texts[group].toString();
  }
}
