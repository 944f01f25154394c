// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.type.CatalogReference;
import io.distdb.api.type.SqlType;
import io.distdb.sql.function.CatalogInput;
import io.distdb.sql.function.FunctionCode;
import io.distdb.sql.function.IntegerFunctions;

/**
 * Conversions among the types of the catalog and whole numbers. Those from and to text are not
 * here.
 */
final class CatalogCastKernels {
  private CatalogCastKernels() {}

  /** The cast between types without modifiers, or null when neither is of the catalog. */
  static FunctionCode find(SqlType from, SqlType to) {
    if (to instanceof SqlType.Scalar scalar && scalar.isReference()) {
      return (caller, result, row, args) -> {
        long oid =
            args[0].longs != null
                ? CatalogInput.oid(args[0].longs[row])
                : ((CatalogReference) args[0].objects[row]).oid();
        result.objects[row] = caller.environment().names().of(scalar, oid);
      };
    }
    if (from instanceof SqlType.Scalar scalar && scalar.isReference()) {
      return (caller, result, row, args) ->
          result.longs[row] = inRange(((CatalogReference) args[0].objects[row]).oid(), to);
    }
    if (to == SqlType.OID) {
      return (caller, result, row, args) ->
          result.longs[row] = CatalogInput.oid(args[0].longs[row]);
    }
    if (from == SqlType.OID) {
      return (caller, result, row, args) -> result.longs[row] = inRange(args[0].longs[row], to);
    }
    if (to == SqlType.INTERNAL_CHAR) {
      return (caller, result, row, args) -> {
        long code = args[0].longs[row];
        if (code < Byte.MIN_VALUE || code > Byte.MAX_VALUE) {
          throw new DistDbException(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "\"char\" out of range");
        }
        result.texts[row] = code == 0 ? "" : Character.toString((int) code & 0xff);
      };
    }
    return from == SqlType.INTERNAL_CHAR && to == SqlType.INTEGER
        ? (caller, result, row, args) ->
            result.longs[row] =
                args[0].texts[row].isEmpty() ? 0 : (byte) args[0].texts[row].charAt(0)
        : null;
  }

  /** As PostgreSQL: an INTEGER takes the same 32 bits. */
  private static long inRange(long oid, SqlType to) {
    Invariant.check(
        to == SqlType.OID || to == SqlType.INTEGER || to == SqlType.BIGINT, "no cast to %s", to);
    return to == SqlType.INTEGER ? IntegerFunctions.inRange((int) oid, to) : oid;
  }
}
