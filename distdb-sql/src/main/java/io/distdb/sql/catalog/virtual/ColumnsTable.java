// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.catalog.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code information_schema.columns}. */
final class ColumnsTable implements VirtualTable {
  @Override
  public String schema() {
    return Rows.INFORMATION_SCHEMA;
  }

  @Override
  public String name() {
    return "columns";
  }

  @Override
  public List<View.Column> columns() {
    return Rows.columns(
        "table_catalog",
        "table_schema",
        "table_name",
        "column_name",
        "ordinal_position#",
        "column_default",
        "is_nullable",
        "data_type",
        "character_maximum_length#",
        "character_octet_length#",
        "numeric_precision#",
        "numeric_precision_radix#",
        "numeric_scale#",
        "datetime_precision#",
        "interval_type",
        "interval_precision#",
        "character_set_catalog",
        "character_set_schema",
        "character_set_name",
        "collation_catalog",
        "collation_schema",
        "collation_name",
        "domain_catalog",
        "domain_schema",
        "domain_name",
        "udt_catalog",
        "udt_schema",
        "udt_name",
        "scope_catalog",
        "scope_schema",
        "scope_name",
        "maximum_cardinality#",
        "dtd_identifier",
        "is_self_referencing",
        "is_identity",
        "identity_generation",
        "identity_start",
        "identity_increment",
        "identity_maximum",
        "identity_minimum",
        "identity_cycle",
        "is_generated",
        "generation_expression",
        "is_updatable");
  }

  @Override
  public List<List<Value>> rows(CatalogView catalog) {
    List<List<Value>> rows = new ArrayList<>();
    for (Table table : catalog.tables()) {
      for (int i = 0; i < table.columns().size(); i++) {
        Place place = new Place(table.schema(), table.name(), i + 1, table.slotOf(i) + 1, true);
        rows.add(row(place, table.columns().get(i), identity(catalog, table, i)));
      }
    }
    for (View view : catalog.views()) {
      for (int i = 0; i < view.columns().size(); i++) {
        View.Column column = view.columns().get(i);
        Place place = new Place(view.schema(), view.name(), i + 1, i + 1, false);
        TableColumn plain = new TableColumn(column.name(), column.type(), false);
        rows.add(row(place, plain, Optional.empty()));
      }
    }
    return rows;
  }

  /**
   * @param position of the column, from 1
   * @param number as {@code pg_attribute} has it
   */
  private record Place(String schema, String table, int position, int number, boolean updatable) {}

  private static Optional<Sequence> identity(CatalogView catalog, Table table, int ordinal) {
    if (table.columns().get(ordinal).identity().isEmpty()) {
      return Optional.empty();
    }
    Sequence.Owner owner = new Sequence.Owner(table.id(), table.slotOf(ordinal), true);
    return catalog.sequences().stream()
        .filter(sequence -> sequence.owner().filter(owner::equals).isPresent())
        .findFirst();
  }

  private static List<Value> row(Place place, TableColumn column, Optional<Sequence> identity) {
    List<Object> cells = new ArrayList<>();
    cells.addAll(Arrays.asList(Rows.CATALOG, place.schema(), place.table(), column.name()));
    cells.add(place.position());
    cells.add(column.identity().isPresent() ? null : column.defaultText().orElse(null));
    cells.add(Rows.yesOrNo(!column.notNull()));
    addType(cells, column);
    cells.addAll(Arrays.asList(null, null, null, null));
    cells.add(Integer.toString(place.number()));
    cells.add("NO");
    addIdentity(cells, column, identity);
    cells.addAll(Arrays.asList("NEVER", null, Rows.yesOrNo(place.updatable())));
    return Rows.row(cells.toArray());
  }

  private static void addType(List<Object> cells, TableColumn column) {
    DataTypes type = DataTypes.of(column.type());
    cells.addAll(Arrays.asList(type.name(), type.length(), type.octets()));
    cells.addAll(Arrays.asList(type.precision(), type.radix(), type.scale()));
    cells.addAll(Arrays.asList(type.datetimePrecision(), null, null, null, null, null));
    Optional<String> collation =
        column.type() == SqlType.NAME
            ? Optional.of(column.collation().orElse("C"))
            : column.collation();
    cells.add(collation.map(name -> Rows.CATALOG).orElse(null));
    cells.add(collation.map(name -> "pg_catalog").orElse(null));
    cells.add(collation.orElse(null));
    cells.addAll(Arrays.asList(null, null, null));
    cells.addAll(Arrays.asList(Rows.CATALOG, "pg_catalog", column.type().shortName()));
  }

  private static void addIdentity(
      List<Object> cells, TableColumn column, Optional<Sequence> identity) {
    cells.add(Rows.yesOrNo(column.identity().isPresent()));
    cells.add(column.identity().map(kind -> kind.name().replace('_', ' ')).orElse(null));
    cells.add(identity.map(sequence -> Long.toString(sequence.start())).orElse(null));
    cells.add(identity.map(sequence -> Long.toString(sequence.increment())).orElse(null));
    cells.add(identity.map(sequence -> Long.toString(sequence.maximum())).orElse(null));
    cells.add(identity.map(sequence -> Long.toString(sequence.minimum())).orElse(null));
    cells.add(Rows.yesOrNo(identity.filter(Sequence::cycles).isPresent()));
  }
}
