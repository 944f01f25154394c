// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.function.SequenceValues;

/** nextval and its kin: they ask the session's sequences, row by row. */
final class SequenceKernels {
  private SequenceKernels() {}

  /** Null for a name that is none of theirs. */
  static SessionFunction find(String name, int arguments) {
    return switch (name) {
      case "nextval" ->
          (environment, result, row, values) ->
              result.longs[row] = environment.sequences().next(values[0].texts[row]);
      case "currval" ->
          (environment, result, row, values) ->
              result.longs[row] = environment.sequences().current(values[0].texts[row]);
      case "lastval" ->
          (environment, result, row, values) -> result.longs[row] = environment.sequences().last();
      case "setval" ->
          (environment, result, row, values) ->
              set(
                  environment.sequences(),
                  result,
                  row,
                  values,
                  arguments < 3 || values[2].longs[row] != 0);
      default -> null;
    };
  }

  private static void set(
      SequenceValues sequences, Vector result, int row, Vector[] values, boolean called) {
    long value = values[1].longs[row];
    sequences.set(values[0].texts[row], value, called);
    result.longs[row] = value;
  }
}
