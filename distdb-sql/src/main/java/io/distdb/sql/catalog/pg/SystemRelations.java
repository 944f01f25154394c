// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.View;
import io.distdb.sql.catalog.grant.GrantTables;
import io.distdb.sql.catalog.virtual.VirtualTable;
import io.distdb.sql.catalog.virtual.VirtualTables;
import io.distdb.sql.live.LiveTable;
import io.distdb.sql.live.LiveTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** The tables that no user made, with their numbers. */
public final class SystemRelations {
  /** Of tables of {@code information_schema}, and of DistDB's own schema: from these, in order. */
  private static final long FIRST_INFORMATION = 13210;

  private static final long FIRST_OWN = 13001;

  /**
   * @param view whether it is called a view
   * @param notNull which columns, by position, are never NULL
   */
  public record SystemRelation(
      long oid,
      long schemaOid,
      String schema,
      String name,
      boolean view,
      List<View.Column> columns,
      IntPredicate notNull) {}

  private SystemRelations() {}

  private static final class Holder {
    static final List<SystemRelation> ALL = List.copyOf(make());
    static final List<SystemRelation> SHOWN =
        ALL.stream().filter(each -> each.schemaOid() != Oids.DISTDB_SCHEMA).toList();

    private Holder() {}
  }

  private static List<SystemRelation> make() {
    List<SystemRelation> all = new ArrayList<>();
    for (PgCatalog.Numbered numbered : PgCatalog.all()) {
      LiveTable table = numbered.table();
      all.add(
          new SystemRelation(
              numbered.oid(),
              Oids.PG_CATALOG,
              PgTable.SCHEMA,
              table.name(),
              numbered.isView(),
              table.columns(),
              column -> table instanceof PgTable mine && mine.isNotNull(column)));
    }
    long next = FIRST_INFORMATION;
    for (VirtualTable table : VirtualTables.all()) {
      all.add(
          new SystemRelation(
              next++,
              Oids.INFORMATION_SCHEMA,
              table.schema(),
              table.name(),
              true,
              table.columns(),
              column -> false));
    }
    for (LiveTable table : GrantTables.all()) {
      all.add(
          new SystemRelation(
              next++,
              Oids.INFORMATION_SCHEMA,
              table.schema(),
              table.name(),
              true,
              table.columns(),
              column -> false));
    }
    next = FIRST_OWN;
    for (LiveTable table : LiveTables.all()) {
      if (table.schema().equals(LiveTables.SCHEMA)) {
        all.add(
            new SystemRelation(
                next++,
                Oids.DISTDB_SCHEMA,
                table.schema(),
                table.name(),
                true,
                table.columns(),
                column -> false));
      }
    }
    return all;
  }

  /** The number of a schema that no user made. */
  public static Optional<Long> schema(String name) {
    return switch (name) {
      case PgTable.SCHEMA -> Optional.of(Oids.PG_CATALOG);
      case "information_schema" -> Optional.of(Oids.INFORMATION_SCHEMA);
      case LiveTables.SCHEMA -> Optional.of(Oids.DISTDB_SCHEMA);
      default -> Optional.empty();
    };
  }

  /** The name of a schema that no user made. */
  public static Optional<String> schema(long oid) {
    return Stream.of(PgTable.SCHEMA, "information_schema", LiveTables.SCHEMA)
        .filter(name -> schema(name).orElseThrow() == oid)
        .findFirst();
  }

  /** Those that clients are shown: what only DistDB has is left out. */
  static List<SystemRelation> shown() {
    return Holder.SHOWN;
  }

  public static Optional<SystemRelation> find(long oid) {
    return Holder.ALL.stream().filter(relation -> relation.oid() == oid).findFirst();
  }

  /**
   * @param schema absent where the name is on its own: then it is of {@code pg_catalog}
   */
  public static Optional<SystemRelation> find(Optional<String> schema, String name) {
    String wanted = schema.orElse(PgTable.SCHEMA);
    return Holder.ALL.stream()
        .filter(relation -> relation.name().equals(name) && relation.schema().equals(wanted))
        .findFirst();
  }
}
