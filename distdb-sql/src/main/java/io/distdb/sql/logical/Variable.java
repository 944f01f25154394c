// SPDX-License-Identifier: MIT
package io.distdb.sql.logical;

import io.distdb.api.type.SqlType;

/**
 * One column of one relation in one statement. The id tells it from every other in the statement,
 * so that rules may move expressions about without renaming.
 *
 * @param name for people: EXPLAIN and result headings
 */
public record Variable(int id, String name, SqlType type) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Variable variable && variable.id == id;
  }

  @Override
  public int hashCode() {
    return id;
  }
}
