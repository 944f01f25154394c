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
    return Map.ofEntries(
        source("pg_aggregate", PgAggregate::addTo),
        source("pg_am", PgAm::addTo),
        source("pg_attrdef", PgAttrdef::addTo),
        source("pg_attribute", PgAttribute::addTo),
        source("pg_auth_members", PgRoles::addMemberships),
        source("pg_authid", PgRoles::addIds),
        source("pg_cast", PgCast::addTo),
        source("pg_class", PgClass::addTo),
        source("pg_collation", PgCollation::addTo),
        source("pg_constraint", PgConstraint::addTo),
        source("pg_database", PgDatabase::addTo),
        source("pg_db_role_setting", PgDbRoleSetting::addTo),
        source("pg_default_acl", PgDefaultAcl::addTo),
        source("pg_depend", PgDepend::addTo),
        source("pg_description", PgDescription::addTo),
        source("pg_group", PgRoles::addGroups),
        source("pg_index", PgIndex::addTo),
        source("pg_indexes", PgIndexes::addTo),
        source("pg_language", PgLanguage::addTo),
        source("pg_namespace", PgNamespace::addTo),
        source("pg_opclass", PgOpclass::addTo),
        source("pg_operator", PgOperator::addTo),
        source("pg_opfamily", PgOpfamily::addTo),
        source("pg_proc", PgProc::addTo),
        source("pg_rewrite", PgRewrite::addTo),
        source("pg_roles", PgRoles::addRoles),
        source("pg_sequence", PgSequence::addTo),
        source("pg_sequences", PgSequences::addTo),
        source("pg_shadow", PgRoles::addUsers),
        source("pg_stat_all_indexes", PgStatIndexes::addTo),
        source("pg_stat_all_tables", PgStatTables::addTo),
        source("pg_stat_user_indexes", PgStatIndexes::addTo),
        source("pg_stat_user_tables", PgStatTables::addTo),
        source("pg_stats", PgStats::addTo),
        source("pg_tables", PgTables::addTo),
        source("pg_tablespace", PgTablespace::addTo),
        source("pg_timezone_names", PgTimezoneNames::addTo),
        source("pg_type", PgType::addTo),
        source("pg_user", PgRoles::addUsers),
        source("pg_views", PgViews::addTo));
  }

  private static Map.Entry<String, PgTable.Source> source(String table, PgTable.Source source) {
    return Map.entry(table, source);
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
