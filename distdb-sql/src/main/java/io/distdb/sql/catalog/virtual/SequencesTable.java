// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.View;
import java.util.ArrayList;
import java.util.List;

/** {@code information_schema.sequences}. */
final class SequencesTable implements VirtualTable {
  @Override
  public String schema() {
    return Rows.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "sequences";
  }

  @Override
  public List<View.Column> columns() {
    return Rows.columns(
        "sequence_catalog",
        "sequence_schema",
        "sequence_name",
        "data_type",
        "numeric_precision#",
        "numeric_precision_radix#",
        "numeric_scale#",
        "start_value",
        "minimum_value",
        "maximum_value",
        "increment",
        "cycle_option");
  }

  @Override
  public List<List<Value>> rows(CatalogView catalog) {
    List<List<Value>> rows = new ArrayList<>();
    for (Sequence sequence : catalog.sequences()) {
      boolean internal = sequence.owner().filter(Sequence.Owner::internal).isPresent();
      if (!internal) {
        rows.add(row(sequence));
      }
    }
    return rows;
  }

  private static List<Value> row(Sequence sequence) {
    int bits = DataTypes.of(sequence.type()).precision();
    return Rows.row(
        Rows.CATALOG,
        sequence.schema(),
        sequence.name(),
        sequence.type().sqlName(),
        bits,
        2,
        0,
        Long.toString(sequence.start()),
        Long.toString(sequence.minimum()),
        Long.toString(sequence.maximum()),
        Long.toString(sequence.increment()),
        Rows.yesOrNo(sequence.cycles()));
  }
}
