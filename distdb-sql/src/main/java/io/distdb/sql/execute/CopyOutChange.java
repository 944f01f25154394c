// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.TableId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.external.ValueForm;
import io.distdb.sql.logical.BoundStatement;
import java.io.IOException;
import java.util.List;

/**
 * COPY … TO: writes the rows of a query. It changes nothing, but like a change it runs to its end
 * and answers with a count.
 */
final class CopyOutChange implements Executable.Change {
  /** A question whether to stop comes every so many rows, less one. */
  private static final int CHECK_MASK = 1023;

  private final StoredRows.Factory source;
  private final BoundStatement.CopyOut copy;
  private final ValueForm[] forms;
  private final List<TableId> tables;

  CopyOutChange(StoredRows.Factory source, BoundStatement.CopyOut copy, List<TableId> tables) {
    this.source = source;
    this.copy = copy;
    this.tables = tables;
    forms =
        copy.relation().output().stream()
            .map(v -> ValueForm.of(v.type()))
            .toArray(ValueForm[]::new);
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
    RowSource rows = source.open(execution);
    try {
      CopyShape shape = new CopyShape(forms.length, copy.format().binary());
      CopyTarget target = execution.streams().output(copy.file(), shape);
      long count = write(rows, target, execution);
      target.finish();
      return count;
    } catch (IOException failure) {
      throw new DistDbException(
          ErrorCode.IO_ERROR, "could not write COPY data: " + failure.getMessage(), failure);
    } finally {
      rows.close();
    }
  }

  private long write(RowSource rows, CopyTarget target, Execution execution) throws IOException {
    CopyEncoder encoder =
        copy.format().binary()
            ? new CopyBinaryEncoder(forms)
            : new CopyTextEncoder(copy.format(), forms, execution.environment().style());
    if (encoder.header(copy.headings(), target.begin())) {
      target.end();
    }
    long count = 0;
    while (rows.next()) {
      if ((count++ & CHECK_MASK) == 0) {
        execution.cancellation().check();
      }
      encoder.row(rows, target.begin());
      target.end();
    }
    if (encoder.trailer(target.begin())) {
      target.end();
    }
    return count;
  }
}
