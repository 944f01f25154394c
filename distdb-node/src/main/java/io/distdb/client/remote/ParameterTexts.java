// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Value;
import io.distdb.sql.function.TypeOutput;
import java.sql.SQLException;
import java.time.ZoneOffset;
import org.postgresql.core.Oid;
import org.postgresql.core.ParameterList;

/**
 * Parameters as the protocol's text format has them. They are sent without a type: as in a database
 * in this JVM, the place where a parameter stands decides.
 *
 * @param texts null for NULL
 */
record ParameterTexts(String[] texts) {
  /**
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: their number is wrong
   */
  static ParameterTexts of(Value[] values, int expected) {
    if (values.length != expected) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "the statement has " + expected + " parameters, " + values.length + " were given");
    }
    String[] texts = new String[values.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] =
          values[i] instanceof Value.Null ? null : TypeOutput.text(values[i], ZoneOffset.UTC);
    }
    return new ParameterTexts(texts);
  }

  /** Into {@code list} behind its first {@code before} parameters. */
  void into(ParameterList list, int before) {
    try {
      for (int i = 0; i < texts.length; i++) {
        if (texts[i] == null) {
          list.setNull(before + i + 1, Oid.UNSPECIFIED);
        } else {
          list.setStringParameter(before + i + 1, texts[i], Oid.UNSPECIFIED);
        }
      }
    } catch (SQLException failure) {
      throw RemoteErrors.of(failure);
    }
  }
}
