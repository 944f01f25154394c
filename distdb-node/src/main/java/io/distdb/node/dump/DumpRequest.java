// SPDX-License-Identifier: MIT
package io.distdb.node.dump;

import java.util.List;

/**
 * What a dump is to have.
 *
 * @param schema whether definitions
 * @param data whether rows, and how far sequences have come
 * @param owners whether it says whose the objects are
 * @param privileges whether what was granted
 * @param tables only these and what goes with them; empty: everything
 */
public record DumpRequest(
    boolean schema, boolean data, boolean owners, boolean privileges, List<NamePattern> tables) {
  public DumpRequest {
    tables = List.copyOf(tables);
  }

  /** Definitions and rows of everything. */
  public static final DumpRequest ALL = new DumpRequest(true, true, true, true, List.of());

  boolean selects(Entry entry) {
    boolean left =
        switch (entry.kind()) {
          case "owner" -> !owners;
          case "grant" -> !privileges;
          default -> false;
        };
    if (left) {
      return false;
    }
    if (tables.isEmpty()) {
      return true;
    }
    return !entry.kind().equals("schema")
        && tables.stream().anyMatch(pattern -> pattern.matches(entry.schema(), entry.subject()));
  }
}
