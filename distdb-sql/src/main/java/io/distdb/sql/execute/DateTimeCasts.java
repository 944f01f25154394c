// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.Interval;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import io.distdb.sql.datetime.Dates;
import io.distdb.sql.datetime.Times;
import io.distdb.sql.datetime.Timestamps;
import io.distdb.sql.function.FunctionCode;
import io.distdb.sql.vector.Vector;

/** Casts among DATE, TIME, TIMESTAMP, TIMESTAMPTZ and INTERVAL. */
final class DateTimeCasts {
  private DateTimeCasts() {}

  /** The cast between types without modifiers, or null when there is none of this family. */
  static FunctionCode find(SqlType from, SqlType to) {
    return switch (to) {
      case SqlType.Scalar scalar ->
          switch (scalar) {
            case DATE -> toDate(from);
            case TIME -> toTime(from);
            case TIMESTAMP -> toTimestamp(from);
            case TIMESTAMPTZ -> toTimestamptz(from);
            case INTERVAL ->
                from == SqlType.TIME
                    ? (caller, result, row, args) ->
                        result.objects[row] = new Interval(0, 0, args[0].longs[row])
                    : null;
            case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, NUMERIC -> null;
            case TEXT, VARCHAR, CHAR, BYTEA, UUID -> null;
            case OID, XID, NAME, INTERNAL_CHAR, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY ->
                null;
            case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR -> null;
            case REGNAMESPACE, REGROLE, REGCOLLATION -> null;
          };
      case SqlType.Modified modified -> null;
      case SqlType.Array array -> null;
      case RowType row -> null;
    };
  }

  private static FunctionCode toDate(SqlType from) {
    if (from == SqlType.TIMESTAMP) {
      return (caller, result, row, args) ->
          result.longs[row] = Timestamps.toDate(args[0].longs[row]);
    }
    return from == SqlType.TIMESTAMPTZ
        ? (caller, result, row, args) ->
            result.longs[row] =
                Timestamps.toDate(
                    Timestamps.toLocal(args[0].longs[row], caller.environment().zone()))
        : null;
  }

  private static FunctionCode toTime(SqlType from) {
    if (from == SqlType.TIMESTAMP) {
      return (caller, result, row, args) -> setTime(result, row, args[0].longs[row]);
    }
    if (from == SqlType.TIMESTAMPTZ) {
      return (caller, result, row, args) ->
          setTime(result, row, Timestamps.toLocal(args[0].longs[row], caller.environment().zone()));
    }
    return from == SqlType.INTERVAL
        ? (caller, result, row, args) ->
            result.longs[row] = Times.ofInterval((Interval) args[0].objects[row])
        : null;
  }

  /** NULL when the moment is an infinity. */
  private static void setTime(Vector result, int row, long local) {
    result.nulls[row] = !Timestamps.isFinite(local);
    result.longs[row] = result.nulls[row] ? 0 : Timestamps.toTime(local);
  }

  private static FunctionCode toTimestamp(SqlType from) {
    if (from == SqlType.DATE) {
      return (caller, result, row, args) ->
          result.longs[row] = Dates.toTimestamp((int) args[0].longs[row]);
    }
    return from == SqlType.TIMESTAMPTZ
        ? (caller, result, row, args) ->
            result.longs[row] = Timestamps.toLocal(args[0].longs[row], caller.environment().zone())
        : null;
  }

  private static FunctionCode toTimestamptz(SqlType from) {
    if (from == SqlType.DATE) {
      return (caller, result, row, args) ->
          result.longs[row] =
              Timestamps.toUtc(
                  Dates.toTimestamp((int) args[0].longs[row]), caller.environment().zone());
    }
    return from == SqlType.TIMESTAMP
        ? (caller, result, row, args) ->
            result.longs[row] = Timestamps.toUtc(args[0].longs[row], caller.environment().zone())
        : null;
  }
}
