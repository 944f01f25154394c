// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.WindowFrame.Exclusion;
import io.distdb.sql.function.AggregateFunction;
import io.distdb.sql.function.WindowFunction;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One window call, compiled. */
final class WindowCallProgram {
  private final Relation.WindowCall call;
  private final Optional<StreamedCall> streamed;
  private final FrameProgram frame;
  private final Program program;

  WindowCallProgram(List<Variable> layout, List<Relation.SortKey> order, Relation.WindowCall call) {
    this.call = call;
    streamed = StreamedCall.of(call);
    frame = new FrameProgram(layout, order, call.frame());
    List<Expression> expressions = new ArrayList<>(call.arguments());
    call.filter().ifPresent(expressions::add);
    program = ExpressionCompiler.compile(layout, expressions);
  }

  /** How it is computed over a partition that is not held; absent when it cannot be. */
  Optional<StreamedCall> streamed() {
    return streamed;
  }

  SqlType resultType() {
    return call.variable().type();
  }

  Arguments arguments(Execution execution) {
    return new Arguments(execution);
  }

  /** What the call takes of the rows of a batch. */
  final class Arguments {
    private final Frame values;
    private final Vector[] columns = new Vector[call.arguments().size()];
    private final Batch passing = new Batch(null);
    private int[] selection = {};
    private boolean[] passes;

    private Arguments(Execution execution) {
      values = program.frame(execution);
    }

    void evaluate(Batch batch) {
      Batch rows = call.filter().isEmpty() ? batch : passing(batch);
      for (int i = 0; i < columns.length; i++) {
        columns[i] = program.evaluate(i, values, rows);
      }
    }

    private Batch passing(Batch batch) {
      if (selection.length <= batch.count) {
        selection = new int[batch.count + 1];
      }
      passing.columns = batch.columns;
      passing.extent = batch.extent;
      passing.count = program.select(columns.length, values, batch, selection);
      passing.selected = selection;
      passes = new boolean[batch.extent];
      for (int n = 0; n < passing.count; n++) {
        passes[selection[n]] = true;
      }
      return passing;
    }

    /** Whether the row at {@code position} of the batch counts. */
    boolean pass(int position) {
      return passes == null || passes[position];
    }

    Vector[] values() {
      return columns;
    }
  }

  Run open(Execution execution) {
    return new Run(execution);
  }

  /** One run: the results for the partition at hand. */
  final class Run {
    private final FrameProgram.Run bounds;
    private final Frame values;
    private final Vector result;
    private final Execution execution;
    private final QueryMemory.Holding holding;
    private Batch passing;
    private int[] selection = {};

    private Run(Execution execution) {
      this.execution = execution;
      holding = execution.memory().holding("result of a window function");
      bounds = frame.open(execution);
      values = program.frame(execution);
      result = new Vector(call.variable().type(), Batch.ROWS_FIRST);
    }

    /** By row of the partition. */
    Vector result() {
      return result;
    }

    void compute(WindowPartition partition) {
      result.ensure(partition.size);
      holding.set(result.arrayBytes());
      Batch batch = partition.batch();
      boolean[] passes = filter(batch);
      Batch rows = passes == null ? batch : passing;
      Vector[] arguments = new Vector[call.arguments().size()];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = program.evaluate(i, values, rows);
      }
      switch (call.function()) {
        case AggregateFunction function -> {
          bounds.compute(partition);
          new WindowAggregate(
                  function, arguments, passes, bounds, call.frame().exclusion(), holding)
              .compute(partition, result, execution);
        }
        case WindowFunction function -> {
          if (function.kind().framed()) {
            bounds.compute(partition);
            FrameValues.compute(
                function.kind(),
                partition,
                new FrameRows(bounds, call.frame().exclusion(), partition),
                arguments,
                result);
          } else {
            RankFunctions.compute(function.kind(), partition, arguments, result);
          }
        }
      }
    }

    /** No more results are asked for. */
    void release() {
      holding.release();
    }

    /** Which rows count; null for all. Arguments are computed for them alone. */
    private boolean[] filter(Batch batch) {
      if (call.filter().isEmpty()) {
        return null;
      }
      if (selection.length <= batch.count) {
        selection = new int[batch.count + 1];
      }
      passing = new Batch(batch.columns);
      passing.extent = batch.extent;
      passing.count = program.select(call.arguments().size(), values, batch, selection);
      passing.selected = selection;
      boolean[] passes = new boolean[batch.count];
      for (int n = 0; n < passing.count; n++) {
        passes[selection[n]] = true;
      }
      return passes;
    }
  }

  static boolean excludes(Exclusion exclusion) {
    return exclusion != Exclusion.NO_OTHERS;
  }
}
