// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.activity.SessionRow;
import io.distdb.sql.vector.Vector;
import java.util.List;

/**
 * Numbers of transactions, times of the server, what a value is made of (PostgreSQL documentation,
 * 9.26, 9.27).
 */
final class StateFunctions {
  private StateFunctions() {}

  static void addTo(FunctionTable table) {
    table.addStable(
        "txid_current() int8",
        (x, r, i, a) -> r.longs[i] = x.environment().session().transactionNumber(true));
    table.addStable(
        "txid_current_if_assigned() int8",
        (x, r, i, a) -> {
          r.longs[i] = x.environment().session().transactionNumber(false);
          r.nulls[i] = r.longs[i] == 0;
        });
    // the configuration is read once
    for (String name : List.of("pg_postmaster_start_time", "pg_conf_load_time")) {
      table.addStable(
          name + "() timestamptz",
          (x, r, i, a) -> r.longs[i] = x.environment().session().startMicros());
    }
    table.addStable(
        "inet_client_addr() inet",
        (x, r, i, a) -> {
          SessionRow.Client client = x.environment().session().client();
          r.nulls[i] = client == null || client.address() == null;
          r.texts[i] = r.nulls[i] ? null : client.address();
        });
    table.addStable(
        "inet_client_port() int4",
        (x, r, i, a) -> {
          SessionRow.Client client = x.environment().session().client();
          r.nulls[i] = client == null || client.address() == null;
          r.longs[i] = r.nulls[i] ? 0 : client.port();
        });
    table.addVariadic(
        new VariadicFunction("pg_column_size", 0, SqlType.INTEGER, Volatility.STABLE),
        (x, r, i, a) -> {
          r.nulls[i] = a[0].nulls[i];
          r.longs[i] = r.nulls[i] ? 0 : ValueSizes.bytes(a[0].get(i), a[0].type);
        });
    table.addVariadic(
        new VariadicFunction("pg_collation_for", 0, SqlType.TEXT, Volatility.STABLE),
        StateFunctions::collation);
  }

  private static void collation(Caller caller, Vector result, int row, Vector[] arguments) {
    SqlType type = arguments[0].type.unmodified();
    boolean name = type == SqlType.Scalar.NAME;
    boolean text = type == SqlType.TEXT || type == SqlType.VARCHAR || type == SqlType.CHAR;
    if (!name && !text) {
      throw new DistDbException(
          ErrorCode.DATATYPE_MISMATCH, "collations are not supported by type " + type.sqlName());
    }
    result.nulls[row] = arguments[0].nulls[row];
    result.texts[row] = name ? "\"C\"" : "\"default\"";
  }
}
