// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.external.BinaryWriter;
import io.distdb.sql.external.ByteOutput;
import io.distdb.sql.external.RowCells;
import io.distdb.sql.external.ValueForm;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * COPY's binary format:
 *
 * <pre>
 * 11  "PGCOPY\n", 0xff, "\r\n", 0
 *  4  flags, 0
 *  4  length of a header extension, 0
 * for each row: 2 number of fields; for each field 4 its length, -1 for NULL, and its bytes
 *  2  -1
 * </pre>
 */
final class CopyBinaryEncoder implements CopyEncoder {
  static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

  static final int END = -1;

  private static final int NULL = -1;

  private final ValueForm[] forms;

  CopyBinaryEncoder(ValueForm[] forms) {
    this.forms = forms;
  }

  @Override
  public boolean header(List<String> names, ByteOutput out) {
    out.putBytes(SIGNATURE);
    out.putInt(0);
    out.putInt(0);
    return true;
  }

  @Override
  public void row(RowCells row, ByteOutput out) {
    out.putShort(forms.length);
    for (int i = 0; i < forms.length; i++) {
      if (row.isNull(i)) {
        out.putInt(NULL);
        continue;
      }
      int length = out.size();
      out.putInt(0);
      BinaryWriter.put(out, forms[i], row, i);
      out.setInt(length, out.size() - length - Integer.BYTES);
    }
  }

  @Override
  public boolean trailer(ByteOutput out) {
    out.putShort(END);
    return true;
  }
}
