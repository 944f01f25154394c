// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.execute.StreamedCall.Reach;
import io.distdb.sql.function.WindowFunction;
import io.distdb.sql.vector.Vector;

/** One call of a {@link WindowStream}: its state, and its column of the rows that are given out. */
final class WindowStreamCall {
  private final StreamedCall call;
  private final Reach reach;
  private final long size;
  private final WindowCallProgram.Arguments arguments;
  private final Aggregator aggregator;
  private final QueryMemory.Holding holding;

  /** The result of all rows whose frames end alike. */
  private final Vector value;

  private final Vector result;
  private boolean any;

  /**
   * @param size of the partition
   */
  WindowStreamCall(WindowCallProgram program, long size, Execution execution) {
    this.size = size;
    call = program.streamed().orElseThrow();
    reach =
        switch (call) {
          case StreamedCall.Growing growing -> growing.reach();
          case StreamedCall.End end -> end.reach();
          case StreamedCall.Rank rank -> Reach.PEERS;
          case StreamedCall.Place place ->
              place.kind() == WindowFunction.Kind.NTILE ? Reach.ROW : null;
        };
    arguments = program.arguments(execution);
    aggregator =
        call instanceof StreamedCall.Growing growing ? Aggregators.of(growing.function()) : null;
    if (aggregator != null) {
      aggregator.ensure(1);
    }
    holding = execution.memory().holding("result of a window function");
    value = new Vector(program.resultType(), 1);
    result = new Vector(program.resultType(), Batch.ROWS_FIRST);
  }

  /** How far ahead it reads; null for not at all. */
  Reach reach() {
    return reach;
  }

  /** Rows that the reader of {@code of} is about to take in. */
  void enter(Reach of, Batch batch) {
    if (of == reach) {
      arguments.evaluate(batch);
    }
  }

  /** Takes in a row that {@link #enter} has named. */
  void take(Reach of, int position) {
    if (of != reach) {
      return;
    }
    switch (call) {
      case StreamedCall.Growing growing -> {
        if (arguments.pass(position)) {
          aggregator.add(0, arguments.values(), position);
        }
      }
      case StreamedCall.End end -> {
        if (!end.first() || !any) {
          value.set(0, arguments.values()[0], position);
        }
      }
      case StreamedCall.Place place -> {
        if (!any) {
          RankFunctions.requireBuckets(arguments.values()[0], position);
          value.set(0, arguments.values()[0], position);
        }
      }
      case StreamedCall.Rank rank -> {
        // the rows are counted, that is all
      }
    }
    any = true;
  }

  /** All rows of the frame are taken in. */
  void reached(Reach of) {
    if (of == reach && aggregator != null) {
      aggregator.result(0, value, 0);
      holding.set(aggregator.heldBytes() + value.referredBytes(0));
    }
  }

  /** Rows are about to be given out. */
  void begin(Batch batch) {
    result.ensure(batch.extent);
  }

  /**
   * Gives row {@code row} its result.
   *
   * @param from the first row whose frame ends where this one's does
   * @param to where it ends
   * @param groups how many such groups there are up to this one
   */
  void give(long row, long from, long to, long groups, int position) {
    switch (call) {
      case StreamedCall.Growing growing -> result.set(position, value, 0);
      case StreamedCall.End end -> result.set(position, value, 0);
      case StreamedCall.Rank rank -> {
        result.nulls[position] = false;
        switch (rank.kind()) {
          case RANK -> result.longs[position] = from + 1;
          case DENSE_RANK -> result.longs[position] = groups;
          case PERCENT_RANK ->
              result.doubles[position] = size == 1 ? 0 : from / (double) (size - 1);
          default -> result.doubles[position] = to / (double) size;
        }
      }
      case StreamedCall.Place place -> {
        boolean numbers = place.kind() == WindowFunction.Kind.ROW_NUMBER;
        result.nulls[position] = !numbers && value.nulls[0];
        if (!result.nulls[position]) {
          result.longs[position] =
              numbers ? row + 1 : RankFunctions.bucket(row, size, value.longs[0]);
        }
      }
    }
  }

  /** By position of the rows that are given out. */
  Vector result() {
    return result;
  }

  void close() {
    holding.release();
  }
}
