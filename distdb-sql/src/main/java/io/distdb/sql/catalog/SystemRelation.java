// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

/**
 * The catalog of PostgreSQL in which one of the system tables is seen.
 *
 * @param oid the number of the catalog
 * @param database the number of the database whose it is; 0: all have it in common
 */
public record SystemRelation(long oid, long database) {
  private static final long PG_CLASS = 1259;

  /** By the id of the system table, see {@link SystemTables}. */
  private static final long[] OWN = {
    PG_CLASS, PG_CLASS, 1249, 2610, 2610, PG_CLASS, PG_CLASS, 2615, 2606, 2224, 2224, 2618, 2618,
    2609, 1249, 2619, PG_CLASS
  };

  /** By the id less {@link CatalogSpace#SHARED_IDS}: databases, roles, members, settings. */
  private static final long[] SHARED = {1262, 1260, 1261, 2964};

  /** Whether an id is a system table's, or of an index over it. */
  public static boolean is(long id) {
    return CatalogSpace.isSystem(id);
  }

  /**
   * @param id for which {@link #is} holds
   */
  public static SystemRelation of(long id) {
    int local = CatalogSpace.local(id);
    int shared = local - CatalogSpace.SHARED_IDS;
    if (shared >= 0) {
      return new SystemRelation(shared < SHARED.length ? SHARED[shared] : PG_CLASS, 0);
    }
    long oid = local < OWN.length ? OWN[local] : PG_CLASS;
    return new SystemRelation(oid, Oids.ofDatabase(CatalogSpace.numberOf(id)));
  }
}
