// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.type.SqlType;
import java.util.List;

/** Functions and operators of BYTEA. */
final class ByteaFunctions {
  private ByteaFunctions() {}

  static RowFunction find(String name, List<SqlType> types) {
    return switch (name) {
      case "||" ->
          (result, row, args) ->
              result.objects[row] =
                  ((Bytes) args[0].objects[row]).concat((Bytes) args[1].objects[row]);
      case "length", "octet_length" ->
          types.size() == 1
              ? (result, row, args) -> result.longs[row] = ((Bytes) args[0].objects[row]).length()
              : null;
      default -> null;
    };
  }
}
