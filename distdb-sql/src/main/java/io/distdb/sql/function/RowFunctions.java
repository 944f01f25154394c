// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlRow;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.vector.Values;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/** Making rows and taking them apart (PostgreSQL documentation, 8.16). */
public final class RowFunctions {
  private static final String CONSTRUCT = "row";

  /** Not to be written in a statement. */
  private static final String FIELD = "row's field";

  private RowFunctions() {}

  /** {@code ROW(…)} with a value for each field. */
  public static ScalarFunction construct(RowType type) {
    List<SqlType> types = type.fields().stream().map(RowType.Field::type).toList();
    return new ScalarFunction(CONSTRUCT, types, type, false);
  }

  public static boolean isConstruct(ScalarFunction function) {
    return function.name().equals(CONSTRUCT) && function.resultType() instanceof RowType;
  }

  /** A field of a row; the second argument is its number from 0. NULL of no row. */
  public static ScalarFunction field(RowType type, int ordinal) {
    return new ScalarFunction(
        FIELD, List.of(type, SqlType.INTEGER), type.fields().get(ordinal).type(), false);
  }

  static void addTo(FunctionTable table) {
    table.addAnyTypes(
        CONSTRUCT,
        (x, r, i, a) -> {
          RowType type = (RowType) r.type;
          List<Value> values = new ArrayList<>(a.length);
          for (int n = 0; n < a.length; n++) {
            values.add(value(type.fields().get(n).type(), a[n], i));
          }
          r.objects[i] = new SqlRow(type, values);
        });
    table.addAnyTypes(
        FIELD,
        (x, r, i, a) ->
            r.set(
                i,
                a[0].nulls[i]
                    ? Value.NULL
                    : ((SqlRow) a[0].objects[i]).values().get((int) a[1].longs[i])));
  }

  /** A narrower number's vector may stand for a wider one's. */
  private static Value value(SqlType type, Vector vector, int row) {
    return !vector.nulls[row] && vector.longs != null
        ? Values.of(type, vector.longs[row])
        : vector.get(row);
  }
}
