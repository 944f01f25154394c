// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.TableRules;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** The CHECK constraints of a table, compiled over its columns by ordinal. Immutable. */
final class TableChecks {
  static final TableChecks NONE =
      new TableChecks(List.of(), ExpressionCompiler.compile(List.of(), List.of()));

  private final List<TableRules.Check> checks;
  private final Program program;

  private TableChecks(List<TableRules.Check> checks, Program program) {
    this.checks = checks;
    this.program = program;
  }

  static TableChecks compile(TableRules rules) {
    if (rules.checks().isEmpty()) {
      return NONE;
    }
    return new TableChecks(
        rules.checks(),
        ExpressionCompiler.compile(
            rules.columns(), rules.checks().stream().map(TableRules.Check::condition).toList()));
  }

  boolean isEmpty() {
    return checks.isEmpty();
  }

  /** Marks the columns that are read when those of {@code changed} get new values. */
  void markNeeded(boolean[] changed, boolean[] needed) {
    for (TableRules.Check check : checks) {
      if (touches(check, changed)) {
        check.columns().forEach(ordinal -> needed[ordinal] = true);
      }
    }
  }

  private static boolean touches(TableRules.Check check, boolean[] changed) {
    for (int ordinal : check.columns()) {
      if (changed[ordinal]) {
        return true;
      }
    }
    return false;
  }

  Frame frame(Execution execution) {
    return program.frame(execution.parameters());
  }

  /**
   * The first constraint that a row violates.
   *
   * @param columns the row's columns by ordinal, as far as the checks read them
   * @param changed new values by ordinal, null where a column stays: checks of others are left out;
   *     null for a new row
   * @return its name, or null
   */
  String violated(Frame frame, Vector[] columns, Vector[] changed, int at) {
    for (int i = 0; i < checks.size(); i++) {
      TableRules.Check check = checks.get(i);
      if (changed == null || touches(check, changed)) {
        Vector holds = program.evaluateAt(i, frame, columns, at);
        if (!holds.nulls[at] && holds.longs[at] == 0) {
          return check.name();
        }
      }
    }
    return null;
  }

  private static boolean touches(TableRules.Check check, Vector[] changed) {
    List<Integer> ordinals = check.columns();
    for (int i = 0; i < ordinals.size(); i++) {
      if (changed[ordinals.get(i)] != null) {
        return true;
      }
    }
    return false;
  }
}
