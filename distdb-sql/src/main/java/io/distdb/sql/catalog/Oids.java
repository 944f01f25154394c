// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.sql.access.PredefinedRole;
import io.distdb.sql.access.Role;

/**
 * Numbers of the catalog's objects as clients see them (docs/adr/0018). What PostgreSQL has from
 * the start keeps PostgreSQL's number. What users make has {@value #FIRST_OF_USERS} plus its id,
 * which tables, indexes, sequences, views and schemas share one counter for: no two have the same,
 * and neither a rename nor a restart changes it. The index of a primary key, which is the table's
 * rows, has 2^30 plus the table's id. Constraints and defaults have numbers from 2^31, made of
 * those of their table and their place in it; they are distinct among themselves.
 */
public final class Oids {
  public static final long PG_CATALOG = 11;
  public static final long PUBLIC = 2200;
  public static final long INFORMATION_SCHEMA = 13207;

  /** The schema of what only DistDB has. */
  public static final long DISTDB_SCHEMA = 13000;

  /** The role that owns what nobody is known to own. */
  public static final long BOOTSTRAP_ROLE = 10;

  /** PostgreSQL's number of the database {@code postgres}, which is the main one here too. */
  private static final long MAIN_DATABASE = 5;

  public static final long DEFAULT_TABLESPACE = 1663;
  public static final long HEAP = 2;
  public static final long BTREE = 403;
  public static final long HASH = 405;

  /** Below are numbers that the system uses. */
  public static final long FIRST_OF_USERS = 16384;

  private static final long KEYS = 1L << 30;
  private static final long MEMBERS = 1L << 31;

  /** More than a table has columns or constraints. */
  private static final int MEMBERS_OF_TABLE = 1 << 11;

  private static final long MASK = 0xffff_ffffL;

  private Oids() {}

  public static long of(long id) {
    return (FIRST_OF_USERS + id) & MASK;
  }

  /**
   * Of a database.
   *
   * @param number as in {@link CatalogSpace}
   */
  public static long ofDatabase(long number) {
    return number == 0 ? MAIN_DATABASE : of(number);
  }

  public static long of(Schema schema) {
    return schema.id() == Schema.PUBLIC_ID ? PUBLIC : of(schema.id());
  }

  public static long of(Table table) {
    return of(table.id().value());
  }

  public static long of(IndexDefinition index) {
    return of(index.id().value());
  }

  /** Of the index of the primary key, in which the rows are. */
  public static long ofKey(Table table) {
    return KEYS + table.id().value() % KEYS;
  }

  public static long of(Sequence sequence) {
    return of(sequence.id());
  }

  public static long of(View view) {
    return of(view.id());
  }

  /** Of a role: what every store has from the start keeps its id. */
  public static long ofRole(long role) {
    return role == Role.FIRST || PredefinedRole.is(role) ? role : of(role);
  }

  /**
   * Of a constraint, a default or the rule of a view.
   *
   * @param place of the constraint or column in its table, below 2048
   */
  public static long ofMember(long id, int place) {
    return MEMBERS + (id * MEMBERS_OF_TABLE + place) % MEMBERS;
  }
}
