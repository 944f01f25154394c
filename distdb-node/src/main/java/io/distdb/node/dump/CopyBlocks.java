// SPDX-License-Identifier: MIT
package io.distdb.node.dump;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * Rows in COPY's text format on their way into a dump, within COPY statements.
 *
 * <p>A COPY is one transaction where it is restored, and a transaction of DistDB has a bound; so a
 * statement ends after {@link #BLOCK_BYTES} and the next begins. In this format a line end is one
 * of a row: those within values are written as {@code \n}.
 */
final class CopyBlocks extends OutputStream {
  static final int BLOCK_BYTES = 2 << 20;

  private static final byte[] END = "\\.\n\n".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream target;
  private final byte[] begin;
  private final LongConsumer progress;
  private long inBlock;
  private boolean open;

  /**
   * @param copy {@code COPY table (columns)}
   * @param progress is told of bytes as they are written
   */
  CopyBlocks(OutputStream target, String copy, LongConsumer progress) {
    this.target = target;
    this.progress = progress;
    begin = (copy + " FROM stdin;\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void write(int oneByte) throws IOException {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int end = offset + length;
    while (from < end) {
      if (!open) {
        target.write(begin);
        open = true;
      }
      int rest = end;
      if (inBlock + (end - from) >= BLOCK_BYTES) {
        rest = endOfRow(bytes, from, end);
      }
      target.write(bytes, from, rest - from);
      inBlock += rest - from;
      if (inBlock >= BLOCK_BYTES && bytes[rest - 1] == '\n') {
        finish();
      }
      from = rest;
    }
    progress.accept(length);
  }

  /** Behind the first line end with which the block is full, or {@code end}. */
  private int endOfRow(byte[] bytes, int from, int end) {
    int at = (int) Math.max(from, from + BLOCK_BYTES - inBlock - 1);
    while (at < end && bytes[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, end);
  }

  /** Ends the last statement; without rows there is none. */
  void finish() throws IOException {
    if (open) {
      target.write(END);
      open = false;
      inBlock = 0;
    }
  }
}
