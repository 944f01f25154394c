// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import io.distdb.sql.logical.Relation.SetKind;
import java.util.stream.Collectors;

/** Titles of set operations and of scans of WITH, for {@link PlanText}. */
final class SetText {
  private SetText() {}

  static String title(PhysicalPlan.HashSetOperation set) {
    String kind = set.kind() == SetKind.INTERSECT ? "Intersect" : "Except";
    return "HashSetOp " + kind + (set.all() ? " All" : "");
  }

  static String title(PhysicalPlan.CommonTableScan scan) {
    String alias = scan.alias().equals(scan.name()) ? "" : " " + scan.alias();
    return (scan.working() ? "WorkTable Scan on " : "CTE Scan on ") + scan.name() + alias;
  }

  static String title(PhysicalPlan.LiveScan scan) {
    return "Live Scan on " + scan.table().schema() + "." + scan.table().name();
  }

  static String title(PhysicalPlan.FunctionScan scan) {
    return "Function Scan on "
        + scan.calls().stream()
            .map(call -> call.function().name())
            .collect(Collectors.joining(", "));
  }
}
