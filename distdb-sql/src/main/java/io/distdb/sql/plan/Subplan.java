// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import io.distdb.sql.logical.Expression;
import java.util.List;

/**
 * The plan of a subquery that an expression runs. It runs once for each combination of the values
 * that it depends on; without any it is an InitPlan and runs once.
 *
 * @param id counts from 0 within the statement
 * @param slots where a run finds the first arguments of its {@link Expression.Subplan}
 * @param inherited slots of the subplans around that it reads
 * @param isVolatile whether it runs anew for each row around, even for equal values
 * @param readsCommonTables whether it reads tables of a WITH, which may be another in each run of
 *     the query around
 */
public record Subplan(
    int id,
    Form form,
    List<Integer> slots,
    List<Integer> inherited,
    boolean isVolatile,
    boolean readsCommonTables,
    PhysicalPlan plan)
    implements Expression.PlannedSubquery {
  /** What is asked of the plan's rows. */
  public enum Form {
    /** Whether there is one. */
    EXISTS,
    /** The columns of the only one. */
    SCALAR,
    /** The only column of all. */
    ARRAY,
    /** The one column, a condition: TRUE if it is in some row, else NULL if in some, else FALSE. */
    ANY,
    /** Whether one equals the arguments that follow those for the slots, three-valued. */
    HASHED_ANY
  }

  public Subplan {
    slots = List.copyOf(slots);
    inherited = List.copyOf(inherited);
  }

  /** Whether it depends on nothing but the statement's parameters and has one answer. */
  public boolean isInitial() {
    return slots.isEmpty() && inherited.isEmpty() && form != Form.HASHED_ANY;
  }

  /** How EXPLAIN heads it. */
  public String heading() {
    return (isInitial() ? "InitPlan " : "SubPlan ") + (id + 1);
  }

  @Override
  public String title() {
    return switch (form) {
      case EXISTS -> "EXISTS(" + heading() + ")";
      case SCALAR -> "(" + heading() + ")";
      case ARRAY -> "ARRAY(" + heading() + ")";
      case ANY -> "(ANY " + heading() + ")";
      case HASHED_ANY -> "(ANY hashed " + heading() + ")";
    };
  }
}
