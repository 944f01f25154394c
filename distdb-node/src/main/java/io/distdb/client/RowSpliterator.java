// SPDX-License-Identifier: MIT
package io.distdb.client;

import java.util.Spliterator;
import java.util.function.Consumer;

/** The rows of a result for a stream, one at a time; never split, as a session has one thread. */
final class RowSpliterator implements Spliterator<Row> {
  private final Result result;

  RowSpliterator(Result result) {
    this.result = result;
  }

  @Override
  public boolean tryAdvance(Consumer<? super Row> action) {
    if (!result.next()) {
      return false;
    }
    action.accept(RowCopy.of(result));
    return true;
  }

  @Override
  public Spliterator<Row> trySplit() {
    return null;
  }

  @Override
  public long estimateSize() {
    return Long.MAX_VALUE;
  }

  @Override
  public int characteristics() {
    return ORDERED | NONNULL | IMMUTABLE;
  }
}
