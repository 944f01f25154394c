// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.external.ByteOutput;
import java.io.IOException;
import java.io.OutputStream;

/** Gathers pieces and hands them to a stream many at a time. */
final class CopyStreamTarget implements CopyTarget {
  private static final int FLUSH_BYTES = 64 << 10;

  private final OutputStream stream;
  private final boolean closes;
  private final ByteOutput out = new ByteOutput(FLUSH_BYTES + (FLUSH_BYTES >> 2));

  /**
   * @param closes whether the stream ends with the data
   */
  CopyStreamTarget(OutputStream stream, boolean closes) {
    this.stream = stream;
    this.closes = closes;
  }

  @Override
  public ByteOutput begin() {
    return out;
  }

  @Override
  public void end() throws IOException {
    if (out.size() >= FLUSH_BYTES) {
      flush();
    }
  }

  private void flush() throws IOException {
    stream.write(out.array(), 0, out.size());
    out.truncate(0);
  }

  @Override
  public void finish() throws IOException {
    flush();
    if (closes) {
      stream.close();
    } else {
      stream.flush();
    }
  }
}
