// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.access.Authority;
import io.distdb.sql.access.Demand;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.access.Securable;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether the role that runs a definition may do so. What is in a temporary schema may be changed
 * by the session whatever its role: nobody else gets at it.
 */
final class Permissions {
  private final CatalogView view;
  private final Authority authority;
  private final long role;

  Permissions(CatalogView view, long role) {
    this.view = view;
    this.role = role;
    authority = view.authority();
  }

  // --- owners ---

  void requireOwner(Table table) {
    requireOwner(Securable.TABLE, table.id().value(), table.schema(), table.name());
  }

  void requireOwner(View of) {
    requireOwner(Securable.VIEW, of.id(), of.schema(), of.name());
  }

  void requireOwner(Sequence sequence) {
    requireOwner(Securable.SEQUENCE, sequence.id(), sequence.schema(), sequence.name());
  }

  void requireOwner(Schema schema) {
    requireOwner(Securable.SCHEMA, schema.id(), schema.name(), schema.name());
  }

  private void requireOwner(Securable kind, long id, String schema, String name) {
    if (!Schema.isTemporary(schema) && !authority.owns(role, kind, id)) {
      throw notOwner(kind.word(), name);
    }
  }

  /** An index belongs to the owner of its table. */
  void requireOwnerOfIndex(Table table, String index) {
    if (!Schema.isTemporary(table.schema())
        && !authority.owns(role, Securable.TABLE, table.id().value())) {
      throw notOwner("index", index);
    }
  }

  static DistDbException notOwner(String kind, String name) {
    return new DistDbException(
        ErrorCode.INSUFFICIENT_PRIVILEGE, "must be owner of " + kind + " " + name);
  }

  // --- dropping: the owner of the schema may do so too ---

  void requireDropper(Table table) {
    if (!ownsSchema(table.schema())) {
      requireOwner(table);
    }
  }

  void requireDropper(View of) {
    if (!ownsSchema(of.schema())) {
      requireOwner(of);
    }
  }

  void requireDropper(Sequence sequence) {
    if (!ownsSchema(sequence.schema())) {
      requireOwner(sequence);
    }
  }

  private boolean ownsSchema(String name) {
    return view.schema(name)
        .filter(schema -> authority.owns(role, Securable.SCHEMA, schema.id()))
        .isPresent();
  }

  // --- privileges ---

  /** To create in a schema; it may be missing, which others find out. */
  void requireCreate(String schema) {
    if (!Schema.isTemporary(schema)) {
      view.schema(schema)
          .ifPresent(found -> require(Privilege.CREATE, Securable.SCHEMA, found.id(), schema));
    } else if ((ofDatabase() & Privilege.TEMPORARY.bit()) == 0) {
      throw new DistDbException(
          ErrorCode.INSUFFICIENT_PRIVILEGE,
          "permission denied to create temporary tables in this database");
    }
  }

  void requireCreateSchema(String database) {
    if ((ofDatabase() & Privilege.CREATE.bit()) == 0) {
      throw Authority.denied(Securable.DATABASE, database);
    }
  }

  private int ofDatabase() {
    return authority.privileges(role, Securable.DATABASE, 0);
  }

  void require(Privilege privilege, Table table) {
    if (!Schema.isTemporary(table.schema())) {
      require(privilege, Securable.TABLE, table.id().value(), table.name());
    }
  }

  /** To refer to a table, or to these columns of it, by a foreign key. */
  void requireReferences(Table table, List<Integer> ordinals) {
    Set<Integer> slots = new HashSet<>();
    ordinals.forEach(ordinal -> slots.add(table.slotOf(ordinal)));
    authority.require(
        role,
        List.of(
            new Demand.OnObject(
                Securable.TABLE,
                table.id().value(),
                table.name(),
                Privilege.REFERENCES.bit(),
                true,
                slots,
                Demand.RUNNER)));
  }

  private void require(Privilege privilege, Securable kind, long id, String name) {
    if ((authority.privileges(role, kind, id) & privilege.bit()) == 0) {
      throw Authority.denied(kind, name);
    }
  }

  /** Whether it may be analyzed: by its owner and the database's. */
  boolean mayAnalyze(Table table) {
    return Schema.isTemporary(table.schema())
        || authority.owns(role, Securable.TABLE, table.id().value())
        || authority.owns(role, Securable.DATABASE, 0);
  }
}
