// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.CatalogReference;
import io.distdb.api.type.SqlType;
import io.distdb.sql.access.Role;
import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.analyze.SequenceNames;
import io.distdb.sql.analyze.TypeText;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.CatalogObjects;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TypeOids;
import io.distdb.sql.catalog.pg.SystemRelations;
import io.distdb.sql.catalog.pg.SystemRoutines;
import io.distdb.sql.function.CatalogInput;
import io.distdb.sql.function.CatalogNames;
import io.distdb.sql.text.Texts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Objects by number and name, as PostgreSQL's documentation, 8.19, has them. */
record CatalogReferences(CatalogView catalog, List<String> searchPath) implements CatalogNames {
  @Override
  public CatalogReference read(SqlType.Scalar type, String text) {
    String stripped = text.strip();
    if (stripped.equals("-")) {
      return new CatalogReference(type, 0, "-");
    }
    if (!stripped.isEmpty() && stripped.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return of(type, CatalogInput.oid(stripped, SqlType.OID));
    }
    return of(type, oid(type, stripped));
  }

  @Override
  public Optional<Long> relation(String text) {
    try {
      return Optional.of(relation(SequenceNames.parse(text)));
    } catch (DistDbException none) {
      return Optional.empty();
    }
  }

  private long oid(SqlType.Scalar type, String text) {
    return switch (type) {
      case REGCLASS -> relation(SequenceNames.parse(text));
      case REGTYPE -> TypeOids.of(TypeText.parse(text));
      case REGNAMESPACE -> schema(text);
      case REGPROC -> SystemRoutines.function(plain(text));
      case REGPROCEDURE -> SystemRoutines.functionOf(text);
      case REGOPER -> SystemRoutines.operator(text);
      case REGOPERATOR -> SystemRoutines.operatorOf(text);
      case REGCOLLATION -> SystemRoutines.collation(plain(text));
      case REGROLE -> role(plain(text));
      case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, NUMERIC, TEXT, VARCHAR ->
          throw none(type);
      case CHAR, BYTEA, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL, UUID, OID, NAME ->
          throw none(type);
      case INTERNAL_CHAR, XID, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY -> throw none(type);
    };
  }

  private static IllegalArgumentException none(SqlType type) {
    return new IllegalArgumentException(type.sqlName() + " refers to nothing");
  }

  /** A name without its schema, which can only be {@code pg_catalog}. */
  private static String plain(String text) {
    return SequenceNames.parse(text).name().text();
  }

  private long relation(TableName name) {
    Optional<String> schema = name.schema().map(Name::text);
    Optional<SystemRelations.SystemRelation> system =
        SystemRelations.find(schema, name.name().text());
    if (system.isPresent()) {
      return system.get().oid();
    }
    NameResolver names = new NameResolver(catalog, searchPath);
    return names
        .table(name)
        .map(Oids::of)
        .or(() -> names.view(name).map(Oids::of))
        .or(() -> names.sequence(name).map(Oids::of))
        .or(() -> names.index(name).map(Oids::of))
        .or(() -> key(name))
        .orElseThrow(() ->
            new DistDbException(
                ErrorCode.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist"));
  }

  private long role(String name) {
    return catalog
        .authority()
        .roles()
        .find(name)
        .map(role -> Oids.ofRole(role.id()))
        .orElseThrow(() ->
            new DistDbException(
                ErrorCode.UNDEFINED_OBJECT, "role \"" + name + "\" does not exist"));
  }

  private Optional<String> roleName(long oid) {
    return catalog.authority().roles().all().stream()
        .filter(role -> Oids.ofRole(role.id()) == oid)
        .map(Role::name)
        .findFirst();
  }

  /** The index of a primary key. */
  private Optional<Long> key(TableName name) {
    List<String> schemas = name.schema().map(s -> List.of(s.text())).orElse(searchPath);
    for (String schema : schemas) {
      for (Table table : catalog.tables()) {
        if (table.schema().equals(schema)
            && !table.hasRowId()
            && table.primaryKeyName().equals(name.name().text())) {
          return Optional.of(Oids.ofKey(table));
        }
      }
    }
    return Optional.empty();
  }

  private long schema(String text) {
    String name = plain(text);
    return SystemRelations.schema(name)
        .or(() -> catalog.schema(name).map(Oids::of))
        .orElseThrow(() ->
            new DistDbException(
                ErrorCode.UNDEFINED_SCHEMA, "schema \"" + name + "\" does not exist"));
  }

  @Override
  public List<Routine> routines() {
    return SystemRoutines.routines();
  }

  @Override
  public Set<String> collations() {
    return SystemRoutines.collations().keySet();
  }

  @Override
  public CatalogReference of(SqlType.Scalar type, long oid) {
    if (oid == 0) {
      return new CatalogReference(type, 0, "-");
    }
    String name = name(type, oid).orElseGet(() -> Long.toString(oid));
    return new CatalogReference(type, oid, name);
  }

  private Optional<String> name(SqlType.Scalar type, long oid) {
    return switch (type) {
      case REGCLASS -> relationName(oid);
      case REGTYPE -> TypeOids.type(oid).map(SqlType::sqlName);
      case REGNAMESPACE ->
          SystemRelations.schema(oid)
              .or(() -> catalog.objects().schema(oid).map(Schema::name))
              .map(Texts::identifier);
      case REGPROC, REGPROCEDURE -> SystemRoutines.functionName(type, oid);
      case REGOPER, REGOPERATOR -> SystemRoutines.operatorName(type, oid);
      case REGCOLLATION -> SystemRoutines.collationName(oid);
      case REGROLE -> roleName(oid).map(Texts::identifier);
      case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, NUMERIC, TEXT, VARCHAR ->
          throw none(type);
      case CHAR, BYTEA, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL, UUID, OID, NAME ->
          throw none(type);
      case INTERNAL_CHAR, XID, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY -> throw none(type);
    };
  }

  /** With its schema unless its bare name finds it. */
  private Optional<String> relationName(long oid) {
    Optional<SystemRelations.SystemRelation> system = SystemRelations.find(oid);
    if (system.isPresent()) {
      String name = Texts.identifier(system.get().name());
      boolean bare = system.get().schemaOid() == Oids.PG_CATALOG;
      return Optional.of(bare ? name : Texts.identifier(system.get().schema()) + "." + name);
    }
    Optional<CatalogObjects.Relation> found = catalog.objects().relation(oid);
    return found.map(relation -> {
      String name = Texts.identifier(relation.name());
      return isVisible(relation) ? name : Texts.identifier(relation.schema()) + "." + name;
    });
  }

  /** Whether the bare name of a relation finds it and no other. */
  private boolean isVisible(CatalogObjects.Relation relation) {
    if (SystemRelations.find(Optional.empty(), relation.name()).isPresent()) {
      return false;
    }
    for (String schema : searchPath) {
      if (schema.equals(relation.schema())) {
        return true;
      }
      if (isTaken(schema, relation.name())) {
        return false;
      }
    }
    return false;
  }

  private boolean isTaken(String schema, String name) {
    return catalog.table(schema, name).isPresent()
        || catalog.view(schema, name).isPresent()
        || catalog.sequence(schema, name).isPresent()
        || catalog.index(schema, name).isPresent();
  }
}
