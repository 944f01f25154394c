// SPDX-License-Identifier: MIT
package io.distdb.node.inspect;

import java.util.Optional;

/**
 * What an index is in SQL's terms.
 *
 * @param table the table, or what the index holds of the system's own
 * @param index the secondary index; empty for the rows themselves
 */
public record IndexName(String database, String schema, String table, Optional<String> index) {
  /** As people say it: {@code index i of db.public.t}, {@code rows of db.public.t}. */
  public String text() {
    String of = database + "." + schema + "." + table;
    return index.map(name -> "index " + name + " of " + of).orElse("rows of " + of);
  }
}
