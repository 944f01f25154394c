// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.access.Acl;
import io.distdb.sql.access.Authority;
import io.distdb.sql.access.ObjectAccess;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Oids;

/** Owners and privileges of objects, as the system tables show them. */
final class Owners {
  private final Authority authority;

  Owners(CatalogView catalog) {
    authority = catalog.authority();
  }

  /**
   * Sets the columns for the owner and the privileges of an object.
   *
   * @param id in the store
   */
  void set(PgRows rows, String owner, String acl, long id) {
    ObjectAccess access = authority.of(id);
    rows.set(owner, Oids.ofRole(access.owner()));
    access.acl().ifPresent(list -> set(rows, acl, list));
  }

  /** Sets the column for the owner alone. */
  void set(PgRows rows, String owner, long id) {
    rows.set(owner, Oids.ofRole(authority.of(id).owner()));
  }

  void set(PgRows rows, String column, Acl acl) {
    rows.setTexts(column, acl.texts(authority.roles()::name));
  }

  /** The privileges of the column at {@code slot} of a table or view. */
  void setOfColumn(PgRows rows, long id, int slot) {
    Acl acl = authority.of(id).columns().get(slot);
    if (acl != null) {
      set(rows, "attacl", acl);
    }
  }

  /** The name of the owner of an object. */
  String name(long id) {
    return authority.roles().name(authority.of(id).owner());
  }

  /** The name of the owner of what is there from the start. */
  String firstName() {
    return authority.roles().name(Oids.BOOTSTRAP_ROLE);
  }
}
