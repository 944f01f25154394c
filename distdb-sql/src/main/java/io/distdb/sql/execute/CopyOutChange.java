// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.TableId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.CopyFormat.Header;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * COPY … TO: writes the rows of a query. It changes nothing, but like a change it runs to its end
 * and answers with a count.
 */
final class CopyOutChange implements Executable.Change {
  private final OperatorFactory root;
  private final BoundStatement.CopyOut copy;
  private final CopyOutput output;
  private final List<TableId> tables;

  CopyOutChange(OperatorFactory root, BoundStatement.CopyOut copy, List<TableId> tables) {
    this.root = root;
    this.copy = copy;
    this.tables = tables;
    output = new CopyOutput(copy.format(), copy.headings().size());
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
    Operator rows = root.open(execution);
    try {
      OutputStream stream = execution.streams().output(copy.file());
      try {
        long count = write(rows, stream, execution.cancellation());
        finish(stream);
        return count;
      } catch (IOException failure) {
        throw new DistDbException(
            ErrorCode.IO_ERROR, "could not write COPY data: " + failure.getMessage(), failure);
      }
    } finally {
      rows.close();
    }
  }

  private void finish(OutputStream stream) throws IOException {
    if (copy.file().isPresent()) {
      stream.close();
    }
  }

  private long write(Operator rows, OutputStream stream, Cancellation cancellation)
      throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    if (copy.format().header() != Header.NONE) {
      output.header(copy.headings(), writer);
    }
    long count = 0;
    for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
      cancellation.check();
      for (int n = 0; n < batch.count; n++) {
        output.row(batch, batch.position(n), writer);
      }
      count += batch.count;
    }
    writer.flush();
    return count;
  }
}
