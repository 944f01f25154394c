// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.RoleStatement;
import io.distdb.sql.ast.RoleStatement.GrantKind;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What GRANT and REVOKE name. */
final class GrantObjects {
  private final Definer definer;
  private final NameResolver names;

  GrantObjects(Definer definer) {
    this.definer = definer;
    names = definer.names();
  }

  List<GrantObject> of(RoleStatement.GrantTarget target) {
    return switch (target) {
      case RoleStatement.AllInSchemas all -> inSchemas(all);
      case RoleStatement.Objects objects ->
          objects.names().stream().map(name -> object(objects.kind(), name)).toList();
    };
  }

  private GrantObject object(GrantKind kind, TableName name) {
    return switch (kind) {
      case TABLE -> relation(name);
      case SEQUENCE ->
          names
              .sequence(name)
              .map(GrantObject::of)
              .orElseThrow(() -> MissingObjects.relation(name, names, "sequence"));
      case SCHEMA -> GrantObject.of(ObjectDefinitions.requireSchema(name.name(), names));
      case DATABASE -> {
        definer.databaseAccess(name.name().text());
        yield GrantObject.ofDatabase(name.name().text());
      }
    };
  }

  private GrantObject relation(TableName name) {
    Optional<GrantObject> found =
        names
            .table(name)
            .map(GrantObject::of)
            .or(() -> names.view(name).map(GrantObject::of))
            .or(() -> names.sequence(name).map(GrantObject::of));
    return found.orElseThrow(() ->
        names.index(name).isPresent()
            ? new DistDbException(
                ErrorCode.WRONG_OBJECT_TYPE, "\"" + name.name() + "\" is an index")
            : MissingObjects.relation(name, names, "table"));
  }

  private List<GrantObject> inSchemas(RoleStatement.AllInSchemas all) {
    List<GrantObject> objects = new ArrayList<>();
    CatalogView view = names.catalog();
    for (Name name : all.schemas()) {
      String schema = ObjectDefinitions.requireSchema(name, names).name();
      if (all.kind() == GrantKind.TABLE) {
        for (Table table : view.tables()) {
          if (table.schema().equals(schema)) {
            objects.add(GrantObject.of(table));
          }
        }
        for (View other : view.views()) {
          if (other.schema().equals(schema)) {
            objects.add(GrantObject.of(other));
          }
        }
      } else {
        for (Sequence sequence : view.sequences()) {
          if (sequence.schema().equals(schema)) {
            objects.add(GrantObject.of(sequence));
          }
        }
      }
    }
    return objects;
  }
}
