// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Types of parameters: declared, or taken from the first place that asks for one. */
final class Parameters {
  private final List<SqlType> types;

  Parameters(List<SqlType> declared) {
    types = new ArrayList<>(declared);
  }

  /** Null while unknown. */
  SqlType typeOf(int ordinal) {
    return ordinal < types.size() ? types.get(ordinal) : null;
  }

  void settle(int ordinal, SqlType type) {
    meet(ordinal);
    types.set(ordinal, type);
  }

  /** The statement has a parameter of this ordinal. */
  void meet(int ordinal) {
    while (types.size() <= ordinal) {
      types.add(null);
    }
  }

  List<SqlType> settledTypes() {
    int unknown = types.indexOf(null);
    if (unknown >= 0) {
      throw new DistDbException(
              ErrorCode.INDETERMINATE_DATATYPE,
              "could not determine data type of parameter $" + (unknown + 1))
          .withHint("Cast the parameter: $" + (unknown + 1) + "::integer.");
    }
    return types;
  }
}
