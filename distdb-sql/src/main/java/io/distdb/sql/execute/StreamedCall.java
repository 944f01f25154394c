// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.ast.WindowFrame.BoundKind;
import io.distdb.sql.ast.WindowFrame.Exclusion;
import io.distdb.sql.ast.WindowFrame.Unit;
import io.distdb.sql.function.AggregateFunction;
import io.distdb.sql.function.WindowFunction;
import io.distdb.sql.logical.Relation;
import java.util.Optional;

/**
 * How a window call is computed over a partition that is not held: as its rows pass by in their
 * order, with one reader ahead of the one whose rows are given out.
 */
sealed interface StreamedCall {
  /** How far ahead the rows of a row's frame reach, which begins with the partition. */
  enum Reach {
    ROW,
    PEERS,
    PARTITION
  }

  /** An aggregate of all rows up to where the frame ends. */
  record Growing(AggregateFunction function, Reach reach) implements StreamedCall {}

  /** The value of the first or the last row of such a frame. */
  record End(boolean first, Reach reach) implements StreamedCall {}

  /** Where the row stands in the order: reaches to its last peer. */
  record Rank(WindowFunction.Kind kind) implements StreamedCall {}

  /** What the number of rows and that of the row say: {@code row_number}, {@code ntile}. */
  record Place(WindowFunction.Kind kind) implements StreamedCall {}

  /** Absent when the call needs the rows at hand. */
  static Optional<StreamedCall> of(Relation.WindowCall call) {
    return switch (call.function()) {
      case AggregateFunction function ->
          reach(call.frame()).map(reach -> new Growing(function, reach));
      case WindowFunction function ->
          switch (function.kind()) {
            case ROW_NUMBER, NTILE -> Optional.of(new Place(function.kind()));
            case RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST ->
                Optional.of(new Rank(function.kind()));
            case FIRST_VALUE -> reach(call.frame()).map(reach -> new End(true, reach));
            case LAST_VALUE -> reach(call.frame()).map(reach -> new End(false, reach));
            case LAG, LEAD, NTH_VALUE -> Optional.empty();
          };
    };
  }

  private static Optional<Reach> reach(Relation.Frame frame) {
    if (frame.start().kind() != BoundKind.UNBOUNDED_PRECEDING
        || frame.exclusion() != Exclusion.NO_OTHERS) {
      return Optional.empty();
    }
    return switch (frame.end().kind()) {
      case UNBOUNDED_FOLLOWING -> Optional.of(Reach.PARTITION);
      case CURRENT_ROW -> Optional.of(frame.unit() == Unit.ROWS ? Reach.ROW : Reach.PEERS);
      case UNBOUNDED_PRECEDING, PRECEDING, FOLLOWING -> Optional.empty();
    };
  }
}
