// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/** An operator of which the first batch was taken already. */
final class PutBack implements Operator {
  private final Operator input;
  private final boolean empty;
  private Batch first;

  /**
   * @param first valid until the input is asked for the next; null: there were no rows
   */
  PutBack(Batch first, Operator input) {
    this.first = first;
    this.input = input;
    empty = first == null;
  }

  @Override
  public Batch next() {
    if (first != null) {
      Batch batch = first;
      first = null;
      return batch;
    }
    return empty ? null : input.next();
  }

  @Override
  public void close() {
    input.close();
  }
}
