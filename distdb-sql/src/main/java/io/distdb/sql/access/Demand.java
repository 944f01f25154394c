// SPDX-License-Identifier: MIT
package io.distdb.sql.access;

import java.util.Set;

/** What a statement needs to be allowed. */
public sealed interface Demand {
  /** Stands for the role that runs the statement, as {@link OnObject#role}. */
  long RUNNER = -1;

  /**
   * One of {@code privileges} on the object, or on each of the columns.
   *
   * @param name as the message calls the object
   * @param privileges bits of {@link Privilege}, any of which will do
   * @param onColumns whether privileges on columns will do
   * @param columns by slot or position; none: those of any column will do
   * @param role who must have it: the owner of the view that reads the object, or {@link #RUNNER}
   */
  record OnObject(
      Securable kind,
      long object,
      String name,
      int privileges,
      boolean onColumns,
      Set<Integer> columns,
      long role)
      implements Demand {
    public OnObject {
      columns = Set.copyOf(columns);
    }
  }

  /**
   * To be a superuser, or a member of a predefined role.
   *
   * @param what for the message: {@code COPY from a file}
   * @param hint or empty
   */
  record OfMember(PredefinedRole role, String what, String hint) implements Demand {}
}
