// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.ast.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code nextval('s'::regclass)}, as PostgreSQL writes it out: sequences are found by name here, so
 * the cast says nothing more.
 */
final class SequenceCalls {
  private static final Set<String> NAMES = Set.of("nextval", "currval", "setval");

  private SequenceCalls() {}

  /** The arguments of {@code call}, without a cast of the first to regclass. */
  static List<Expr> arguments(Expr.Call call) {
    List<Expr> arguments = call.arguments();
    boolean cast =
        NAMES.contains(call.function().text())
            && !arguments.isEmpty()
            && arguments.getFirst() instanceof Expr.Cast of
            && of.type().name().equals("regclass");
    if (!cast) {
      return arguments;
    }
    List<Expr> plain = new ArrayList<>(arguments);
    plain.set(0, ((Expr.Cast) arguments.getFirst()).operand());
    return plain;
  }
}
