// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.type.SqlType;
import java.util.List;

/**
 * A column of a result: its heading, and the type of its values.
 *
 * @param table the catalog's number of the table whose column it shows as it is; 0: of none
 * @param ordinal of that column among those that its table has had, from 1; 0: of none
 */
public record ResultColumn(String name, SqlType type, long table, int ordinal) {
  /** Of no table. */
  public ResultColumn(String name, SqlType type) {
    this(name, type, 0, 0);
  }

  /**
   * Whether a client that was told of {@code told} can read {@code given}: the same names and
   * types. The tables may be others: one that was dropped and made again.
   */
  public static boolean areAlike(List<ResultColumn> told, List<ResultColumn> given) {
    if (told == given) {
      return true;
    }
    boolean alike = told.size() == given.size();
    for (int i = 0; alike && i < told.size(); i++) {
      ResultColumn one = told.get(i);
      ResultColumn other = given.get(i);
      alike = one.name.equals(other.name) && one.type.equals(other.type);
    }
    return alike;
  }
}
