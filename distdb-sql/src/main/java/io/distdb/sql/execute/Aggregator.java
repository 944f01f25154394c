// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.vector.Vector;

/** The state of one aggregate call for every group of one execution. */
interface Aggregator {
  /** Makes room for {@code groups} groups; new ones are empty. */
  void ensure(int groups);

  /**
   * Takes in row {@code row} of the argument.
   *
   * @param argument null for {@code count(*)}
   */
  void add(int group, Vector argument, int row);

  /**
   * Takes in rows of the argument.
   *
   * @param groupOf the group of each row, by its position
   */
  default void addAll(int[] groupOf, Batch rows, Vector argument) {
    for (int n = 0; n < rows.count; n++) {
      int row = rows.position(n);
      add(groupOf[row], argument, row);
    }
  }

  /**
   * Takes in row {@code row} of several arguments.
   *
   * @param arguments as many as the function has
   */
  default void add(int group, Vector[] arguments, int row) {
    add(group, arguments.length == 0 ? null : arguments[0], row);
  }

  /**
   * Takes a row out again that was taken in, exactly.
   *
   * @throws UnsupportedOperationException the aggregate cannot
   */
  default void remove(int group, Vector argument, int row) {
    throw new UnsupportedOperationException("no inverse");
  }

  /** What it holds of values besides a fixed size for each group, an estimate. */
  default long heldBytes() {
    return 0;
  }

  /** Whether it must be told by {@link #expect} how many values come. */
  default boolean counts() {
    return false;
  }

  /**
   * Tells of values to come, before the first does.
   *
   * @param values rows whose last argument is not NULL
   */
  default void expect(int group, long values) {}

  /** Whether it holds the values themselves, and can give them back. */
  default boolean gathers() {
    return false;
  }

  /**
   * Gives back what it took in, as rows of group and arguments that mean the same.
   *
   * @param target has these columns
   * @throws UnsupportedOperationException it does not gather
   */
  default void giveBack(ColumnBuffer target) {
    throw new UnsupportedOperationException("no rows are kept");
  }

  /** Writes the result of {@code group}. */
  void result(int group, Vector target, int at);
}
