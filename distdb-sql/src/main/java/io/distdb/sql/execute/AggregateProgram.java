// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation.AggregateCall;
import io.distdb.sql.logical.Relation.Ordered;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/** The compiled expressions of aggregate calls. Immutable. */
final class AggregateProgram {
  private static final int NONE = -1;

  private final List<AggregateCall> calls;
  private final Program program;

  /** For each call, the positions of its expressions in {@code program}. */
  private final int[] firstArgument;

  private final int[] filter;
  private final int[] firstOrder;

  AggregateProgram(List<Variable> layout, List<AggregateCall> calls) {
    this.calls = calls;
    firstArgument = new int[calls.size()];
    filter = new int[calls.size()];
    firstOrder = new int[calls.size()];
    List<Expression> expressions = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      AggregateCall call = calls.get(i);
      firstArgument[i] = expressions.size();
      expressions.addAll(call.arguments());
      firstOrder[i] = expressions.size();
      call.order().stream().map(Ordered::expression).forEach(expressions::add);
      filter[i] = call.filter().isPresent() ? expressions.size() : NONE;
      call.filter().ifPresent(expressions::add);
    }
    program = ExpressionCompiler.compile(layout, expressions);
  }

  List<AggregateCall> calls() {
    return calls;
  }

  Run open(Execution execution) {
    return new Run(program.frame(execution));
  }

  /** One run. What it returns is valid until the next batch. */
  final class Run {
    private final Frame frame;
    private final Batch passing = new Batch(null);
    private int[] selection = {};

    private Run(Frame frame) {
      this.frame = frame;
    }

    /** The rows that the call takes in; valid until the next call's. */
    Batch rows(int call, Batch batch) {
      if (filter[call] == NONE) {
        return batch;
      }
      if (selection.length <= batch.count) {
        selection = new int[batch.count + 1];
      }
      passing.columns = batch.columns;
      passing.extent = batch.extent;
      passing.selected = selection;
      passing.count = program.select(filter[call], frame, batch, selection);
      return passing;
    }

    Vector[] arguments(int call, Batch rows) {
      return evaluate(firstArgument[call], calls.get(call).arguments().size(), rows);
    }

    Vector[] order(int call, Batch rows) {
      return evaluate(firstOrder[call], calls.get(call).order().size(), rows);
    }

    private Vector[] evaluate(int first, int count, Batch rows) {
      Vector[] values = new Vector[count];
      for (int i = 0; i < count; i++) {
        values[i] = program.evaluate(first + i, frame, rows);
      }
      return values;
    }
  }
}
