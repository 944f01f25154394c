// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

/**
 * What {@code COMMENT ON} said of an object or of one of its members.
 *
 * @param object id of the table, index, sequence, view or schema
 * @param member {@code ""} for the object itself, {@code column:slot}, {@code constraint:name}
 */
public record Comment(long object, String member, String text) {
  public static final String ITSELF = "";

  public static String column(int slot) {
    return "column:" + slot;
  }

  public static String constraint(String name) {
    return "constraint:" + name;
  }
}
