// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.external.Utf8;
import io.distdb.sql.logical.CopyFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Cuts a line of COPY into fields and takes escapes and quotes off them. */
abstract sealed class CopyFields permits CopyTextFields, CopyCsvFields {
  final byte delimiter;
  private final byte[] nullText;
  private byte[] scratch = new byte[256];
  private int scratchLength;

  /** Where the fields are: parts of a line as it came, or of what was made of it. */
  private final byte[][] sources;

  private final int[] starts;
  private final int[] ends;
  private final boolean[] nulls;
  private final boolean[] scratched;
  private int count;

  /** Bytes of the current line. */
  byte[] bytes;

  /**
   * @param most fields that a line may have
   */
  CopyFields(CopyFormat format, int most) {
    delimiter = (byte) format.delimiter();
    nullText = format.nullText().getBytes(StandardCharsets.UTF_8);
    sources = new byte[most][];
    starts = new int[most];
    ends = new int[most];
    nulls = new boolean[most];
    scratched = new boolean[most];
  }

  static CopyFields of(CopyFormat format, int most) {
    return format.csv() ? new CopyCsvFields(format, most) : new CopyTextFields(format, most);
  }

  /**
   * Cuts a line.
   *
   * @throws DistDbException {@code BAD_COPY_FILE_FORMAT}: more fields than there may be, or quotes
   *     that do not end
   */
  final void split(CopyLines line) {
    bytes = line.bytes;
    count = 0;
    scratchLength = 0;
    split(line.start, line.end);
    for (int i = 0; i < count; i++) {
      if (scratched[i]) {
        sources[i] = scratch;
      }
    }
  }

  abstract void split(int from, int to);

  final int count() {
    return count;
  }

  final boolean isNull(int field) {
    return nulls[field];
  }

  final byte[] source(int field) {
    return sources[field];
  }

  final int start(int field) {
    return starts[field];
  }

  final int end(int field) {
    return ends[field];
  }

  final String text(int field) {
    return Utf8.text(sources[field], starts[field], ends[field]);
  }

  final boolean isNullText(byte[] of, int from, int to) {
    return to - from == nullText.length
        && Arrays.equals(of, from, to, nullText, 0, nullText.length);
  }

  // --- for the two kinds ---

  /** The next field is this part of the line. */
  final void add(int from, int to, boolean isNull) {
    int field = next();
    sources[field] = bytes;
    starts[field] = from;
    ends[field] = to;
    nulls[field] = isNull;
    scratched[field] = false;
  }

  private int next() {
    if (count == starts.length) {
      throw new DistDbException(
          ErrorCode.BAD_COPY_FILE_FORMAT, "extra data after last expected column");
    }
    return count++;
  }

  /** Where what is put from now on begins. */
  final int mark() {
    return scratchLength;
  }

  final void put(int b) {
    room(1);
    scratch[scratchLength++] = (byte) b;
  }

  final void put(int from, int to) {
    room(to - from);
    System.arraycopy(bytes, from, scratch, scratchLength, to - from);
    scratchLength += to - from;
  }

  private void room(int length) {
    if (scratchLength + length > scratch.length) {
      scratch = Arrays.copyOf(scratch, Math.max(scratch.length * 2, scratchLength + length));
    }
  }

  /** Whether what was put since {@code from} is the text of NULL. */
  final boolean isNullText(int from) {
    return isNullText(scratch, from, scratchLength);
  }

  /** The next field is what was put since {@code from}. */
  final void addPut(int from, boolean isNull) {
    int field = next();
    starts[field] = from;
    ends[field] = scratchLength;
    nulls[field] = isNull;
    scratched[field] = true;
  }

  /** The number of the field that comes next. */
  final int field() {
    return count;
  }
}
