// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.TableId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.vector.Vector;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** COPY … FROM: parses fields into the vectors of a batch, completes its rows, inserts them. */
final class CopyInChange implements Executable.Change {
  private final BoundStatement.CopyIn copy;
  private final TableCodec table;
  private final List<TableId> tables;
  private final Program row;
  private final Program predicate;

  /**
   * @param tables those that are read or written
   */
  CopyInChange(BoundStatement.CopyIn copy, TableCodec table, List<TableId> tables) {
    this.copy = copy;
    this.table = table;
    this.tables = tables;
    row = ExpressionCompiler.compile(copy.fields(), copy.row());
    predicate =
        copy.predicate()
            .map(e -> ExpressionCompiler.compile(copy.target(), List.of(e)))
            .orElse(null);
  }

  @Override
  public List<TableId> tables() {
    return tables;
  }

  @Override
  public String tag() {
    return "COPY";
  }

  @Override
  public boolean returnsRows() {
    return false;
  }

  @Override
  public long run(Execution execution, ReturnedRows returned) {
    CopyShape shape = new CopyShape(copy.fields().size(), copy.format().binary());
    InputStream input = execution.streams().input(copy.file(), shape);
    try {
      long count = new Run(execution, input).run();
      end(input);
      return count;
    } catch (DistDbException failure) {
      throw copy.file().map(file -> inFile(failure, file)).orElse(failure);
    } finally {
      closeFile(input);
    }
  }

  /** What went wrong at a line of the file names the file, too. */
  private static DistDbException inFile(DistDbException failure, String file) {
    return failure
        .context()
        .map(context -> failure.withContext(context + "\nfile " + file))
        .orElse(failure);
  }

  /** A client has the rest of its say before the rows are there for good. */
  private static void end(InputStream input) {
    try {
      input.close();
    } catch (IOException failure) {
      throw new DistDbException(
          ErrorCode.IO_ERROR, "could not read COPY data: " + failure.getMessage(), failure);
    }
  }

  private void closeFile(InputStream input) {
    if (copy.file().isPresent()) {
      try {
        input.close();
      } catch (IOException ignored) {
        // everything that was asked of it has been read
      }
    }
  }

  private final class Run {
    private final Execution execution;
    private final CopyRows rows;
    private final TableLoad load;
    private final Frame rowFrame;
    private final Frame predicateFrame;
    private final Batch complete = new Batch(new Vector[table.layout.columnCount()]);
    private int[] selection = {};

    Run(Execution execution, InputStream input) {
      this.execution = execution;
      rows =
          copy.format().binary()
              ? new CopyBinaryInput(copy, input, execution.environment())
              : new CopyInput(copy, input, execution.environment());
      rowFrame = row.frame(execution);
      predicateFrame = predicate == null ? null : predicate.frame(execution);
      load = new TableLoad(table, execution, rows::place);
    }

    long run() {
      long count = 0;
      try {
        rows.header();
        while (rows.next()) {
          execution.cancellation().check();
          complete(rows.batch());
          for (int n = 0; n < complete.count; n++) {
            int at = complete.position(n);
            load.add(complete.columns, at, rows.line(at));
          }
          count += complete.count;
        }
      } catch (DistDbException failure) {
        throw load.earliest(failure);
      }
      load.finish();
      return count;
    }

    private void complete(Batch batch) {
      for (int i = 0; i < complete.columns.length; i++) {
        complete.columns[i] = row.evaluate(i, rowFrame, batch);
      }
      complete.setDense(batch.count);
      if (predicate != null) {
        if (selection.length < batch.count) {
          selection = new int[batch.count];
        }
        complete.count = predicate.select(0, predicateFrame, complete, selection);
        complete.selected = selection;
      }
    }
  }
}
