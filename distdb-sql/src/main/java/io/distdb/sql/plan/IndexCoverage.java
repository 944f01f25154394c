// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.codec.KeyColumn;
import io.distdb.sql.logical.Relation;
import java.util.List;

/** Which columns can be read from the entries of an index, without the rows. */
public final class IndexCoverage {
  private IndexCoverage() {}

  /**
   * Whether entries of {@code index} give all of {@code ordinals} as rows have them: as columns of
   * the index, or of the row's key, with which an entry ends. A column whose key does not tell all
   * of its values apart ({@link KeyColumn#isExact}) is not given.
   */
  public static boolean covers(Table table, IndexDefinition index, List<Integer> ordinals) {
    return ordinals.stream().allMatch(ordinal -> covers(table, index, ordinal));
  }

  private static boolean covers(Table table, IndexDefinition index, int ordinal) {
    if (ordinal == Relation.Scan.ROW_ID) {
      return table.hasRowId();
    }
    boolean isKey =
        table.primaryKey().contains(ordinal)
            || index.parts().stream().anyMatch(part -> part.ordinal() == ordinal);
    return isKey && KeyColumn.primary(table.columns().get(ordinal).type()).isExact();
  }
}
