// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.SqlType;
import java.util.List;

/** What may stand before OVER. */
public sealed interface WindowedFunction permits AggregateFunction, WindowFunction {
  String name();

  List<SqlType> argumentTypes();

  SqlType resultType();
}
