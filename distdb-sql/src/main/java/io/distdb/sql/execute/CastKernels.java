// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.Invariant;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import io.distdb.sql.function.CatalogInput;
import io.distdb.sql.function.FunctionCode;
import io.distdb.sql.function.Lengths;
import io.distdb.sql.function.RowFunction;
import io.distdb.sql.function.TypeInput;
import io.distdb.sql.function.TypeOutput;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.vector.Ordering;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** Conversions between types, with PostgreSQL's results and messages. */
final class CastKernels {
  /** How many registers, from the one given, a cast may use. */
  static final int REGISTERS = 2;

  private CastKernels() {}

  /**
   * @param register the first of {@link #REGISTERS}
   * @param explicit whether CAST asks: then texts that are too long are cut off
   */
  static Kernel of(int register, SqlType from, SqlType to, boolean explicit, Kernel operand) {
    Kernel bare = bare(register, from.unmodified(), to.unmodified(), operand);
    if (to instanceof SqlType.Scalar || from.equals(to) || to.equals(to.unmodified())) {
      return bare;
    }
    return new StrictKernel(
        register + 1,
        to,
        List.of(bare),
        (result, row, args) -> applyLength(result, row, args[0], to, explicit));
  }

  private static void applyLength(
      Vector result, int row, Vector value, SqlType to, boolean explicit) {
    if (to instanceof SqlType.Modified modified && value.texts != null) {
      result.texts[row] = Lengths.text(value.texts[row], modified, explicit);
    } else {
      result.set(row, Lengths.apply(value.get(row), to, explicit));
    }
  }

  private static Kernel bare(int register, SqlType from, SqlType to, Kernel operand) {
    boolean shared = Expressions.keepsKey(from, to);
    if (from.equals(to) || shared || from == SqlType.TEXT && to == SqlType.VARCHAR) {
      return operand;
    }
    List<Kernel> operands = List.of(operand);
    if (from instanceof SqlType.Array source && to instanceof SqlType.Array target) {
      return new ArrayCastKernel(register, source, target, operand);
    }
    if (isText(to)) {
      return toText(register, from, to, operands);
    }
    if (to == SqlType.NAME) {
      return toName(register, from, operand);
    }
    if (isText(from) || from == SqlType.NAME) {
      return new FunctionKernel(
          register,
          to,
          operands,
          (caller, result, row, args) ->
              result.set(row, TypeInput.read(args[0].texts[row], to, caller.environment())),
          true);
    }
    FunctionCode ofCatalog = CatalogCastKernels.find(from, to);
    if (ofCatalog != null) {
      return new FunctionKernel(register, to, operands, ofCatalog, true);
    }
    RowFunction code = NumberCasts.find(from, to);
    if (code == null) {
      FunctionCode dated = DateTimeCasts.find(from, to);
      Invariant.check(dated != null, "no cast from %s to %s", from.sqlName(), to.sqlName());
      return new FunctionKernel(register, to, operands, dated, true);
    }
    return new StrictKernel(register, to, operands, code);
  }

  /** By way of the text. */
  private static Kernel toName(int register, SqlType from, Kernel operand) {
    boolean texts = isText(from) || from == SqlType.INTERNAL_CHAR;
    Kernel text = texts ? operand : toText(register, from, SqlType.TEXT, List.of(operand));
    boolean padded = from == SqlType.CHAR;
    return new StrictKernel(
        register + 1,
        SqlType.NAME,
        List.of(text),
        (result, row, args) -> {
          String given = args[0].texts[row];
          result.texts[row] = CatalogInput.name(padded ? Ordering.withoutPadding(given) : given);
        });
  }

  static boolean isText(SqlType type) {
    return type == SqlType.TEXT || type == SqlType.VARCHAR || type == SqlType.CHAR;
  }

  private static Kernel toText(int register, SqlType from, SqlType to, List<Kernel> operands) {
    RowFunction code =
        switch (from) {
          case SqlType.Scalar scalar ->
              switch (scalar) {
                case BOOLEAN ->
                    (result, row, args) ->
                        result.texts[row] = args[0].longs[row] != 0 ? "true" : "false";
                case SMALLINT, INTEGER, BIGINT ->
                    (result, row, args) -> result.texts[row] = Long.toString(args[0].longs[row]);
                case TEXT, VARCHAR, NAME, INTERNAL_CHAR, NODE_TREE ->
                    (result, row, args) -> result.texts[row] = args[0].texts[row];
                case CHAR ->
                    (result, row, args) ->
                        result.texts[row] = Ordering.withoutPadding(args[0].texts[row]);
                case REAL, DOUBLE_PRECISION, NUMERIC, BYTEA, DATE, TIME -> null;
                case TIMESTAMP, TIMESTAMPTZ, INTERVAL, UUID, OID, XID -> null;
                case ACLITEM, JSON, LSN, INET, ANYARRAY -> null;
                case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR -> null;
                case REGNAMESPACE, REGROLE, REGCOLLATION -> null;
              };
          case SqlType.Modified modified -> throw Invariant.unreachable("a modified type");
          case SqlType.Array array -> null;
          case RowType row -> null;
        };
    return code != null
        ? new StrictKernel(register, to, operands, code)
        : new FunctionKernel(
            register,
            to,
            operands,
            (caller, result, row, args) ->
                result.texts[row] = TypeOutput.text(args[0].get(row), caller.environment().style()),
            true);
  }
}
