// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.live.LiveTable;
import io.distdb.sql.live.LiveTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All tables of {@code pg_catalog}. They are made when the first of them is asked for. */
public final class PgCatalog {
  private PgCatalog() {}

  /** Of tables that are not here but among {@link LiveTables}: from 12900, in order of name. */
  private static final long FIRST_LIVE = 12900;

  /** Lazily, on first use of the holder. */
  private static final class Holder {
    static final Map<String, PgTable> TABLES = tables();

    private Holder() {}
  }

  private static Map<String, PgTable> tables() {
    Map<String, PgTable.Source> sources = sources();
    Map<String, PgTable> tables = new LinkedHashMap<>();
    for (String[] line : Facts.lines("tables.txt")) {
      PgTable.Source source = sources.getOrDefault(line[0], (rows, environment) -> {});
      tables.put(line[0], new PgTable(line, source));
    }
    return tables;
  }

  private static Map<String, PgTable.Source> sources() {
    Map<String, PgTable.Source> sources = new LinkedHashMap<>();
    sources.put("pg_am", PgAm::addTo);
    sources.put("pg_attrdef", PgAttrdef::addTo);
    sources.put("pg_attribute", PgAttribute::addTo);
    sources.put("pg_class", PgClass::addTo);
    sources.put("pg_constraint", PgConstraint::addTo);
    sources.put("pg_database", PgDatabase::addTo);
    sources.put("pg_index", PgIndex::addTo);
    sources.put("pg_namespace", PgNamespace::addTo);
    sources.put("pg_opclass", PgOpclass::addTo);
    sources.put("pg_opfamily", PgOpfamily::addTo);
    sources.put("pg_tablespace", PgTablespace::addTo);
    sources.put("pg_type", PgType::addTo);
    return sources;
  }

  /**
   * @param schema absent where the name is on its own: then this schema is the first looked into
   */
  public static Optional<LiveTable> find(Optional<String> schema, String name) {
    if (schema.isPresent() && !schema.get().equals(PgTable.SCHEMA) || !name.startsWith("pg_")) {
      return Optional.empty();
    }
    Optional<LiveTable> live = LiveTables.find(Optional.of(PgTable.SCHEMA), name);
    return live.isPresent() ? live : Optional.ofNullable(Holder.TABLES.get(name));
  }

  /** A system table and its number. */
  public record Numbered(long oid, LiveTable table) {
    boolean isView() {
      return !(table instanceof PgTable mine) || mine.isView();
    }
  }

  /** All system tables of this schema. */
  public static List<Numbered> all() {
    List<Numbered> all = new ArrayList<>();
    for (PgTable table : Holder.TABLES.values()) {
      all.add(new Numbered(table.oid(), table));
    }
    List<LiveTable> live =
        LiveTables.all().stream().filter(t -> t.schema().equals(PgTable.SCHEMA)).toList();
    for (int i = 0; i < live.size(); i++) {
      String name = live.get(i).name();
      all.removeIf(numbered -> numbered.table().name().equals(name));
      all.add(new Numbered(FIRST_LIVE + i, live.get(i)));
    }
    return all;
  }
}
