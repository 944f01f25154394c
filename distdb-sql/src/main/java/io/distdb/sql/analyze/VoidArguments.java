// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.RowType;
import io.distdb.sql.ast.Expr;
import java.util.List;

/**
 * Parameters declared as {@code void} are no arguments: pgjdbc writes what {@code {? = call f(?)}}
 * returns among them, as PostgreSQL lets it.
 */
final class VoidArguments {
  private VoidArguments() {}

  /** The call without them. */
  static Expr.Call left(Expr.Call call, Parameters parameters) {
    if (call.arguments().stream().noneMatch(argument -> isVoid(argument, parameters))) {
      return call;
    }
    List<Expr> left =
        call.arguments().stream().filter(argument -> !isVoid(argument, parameters)).toList();
    return new Expr.Call(
        call.span(), call.function(), left, call.star(), call.distinct(), call.clauses());
  }

  private static boolean isVoid(Expr argument, Parameters parameters) {
    return argument instanceof Expr.Parameter parameter
        && RowType.VOID.equals(parameters.typeOf(parameter.ordinal()));
  }
}
