// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.access.Authority;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.access.Role;
import io.distdb.sql.access.Securable;
import io.distdb.sql.catalog.CatalogObjects;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.vector.Vector;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code has_table_privilege} and its kin (PostgreSQL documentation, 9.26.2). */
final class PrivilegeFunctions {
  private static final String GRANT_OPTION = " WITH GRANT OPTION";

  private PrivilegeFunctions() {}

  /** An object that privileges are granted on. */
  private record Subject(Securable kind, long id) {}

  /** Finds an object by its number or its name; absent: there is none of that number. */
  private interface Finder {
    Optional<Subject> find(Environment environment, Vector argument, int row);
  }

  static void addTo(FunctionTable table) {
    add(table, "has_table_privilege", PrivilegeFunctions::relation);
    add(table, "has_sequence_privilege", PrivilegeFunctions::relation);
    add(table, "has_any_column_privilege", PrivilegeFunctions::relation);
    add(table, "has_schema_privilege", PrivilegeFunctions::schema);
    add(table, "has_database_privilege", PrivilegeFunctions::database);
    addColumns(table);
    addMembership(table);
    // everybody may use what is built in
    for (String name :
        List.of("has_function_privilege", "has_type_privilege", "has_language_privilege")) {
      for (String user : List.of("", "name,", "oid,")) {
        for (String object : List.of("text", "oid")) {
          table.addStable(
              name + "(" + user + object + ",text) bool", (x, r, i, a) -> r.longs[i] = 1);
        }
      }
    }
  }

  private static void add(FunctionTable table, String name, Finder finder) {
    boolean columns = name.contains("column");
    for (String user : List.of("", "name,", "oid,")) {
      for (String object : List.of("text", "oid")) {
        table.addStable(
            name + "(" + user + object + ",text) bool",
            (x, r, i, a) -> {
              Environment environment = x.environment();
              long role = a.length == 2 ? current(environment) : role(environment, a[0], i);
              Optional<Subject> subject = finder.find(environment, a[a.length - 2], i);
              r.nulls[i] = subject.isEmpty();
              String words = a[a.length - 1].texts[i];
              r.longs[i] =
                  subject.isPresent() && holds(environment, role, subject.get(), words, columns)
                      ? 1
                      : 0;
            });
      }
    }
  }

  // --- who ---

  private static long current(Environment environment) {
    return named(environment, environment.currentUser());
  }

  private static long named(Environment environment, String name) {
    return environment
        .catalog()
        .authority()
        .roles()
        .find(name)
        .map(Role::id)
        .orElseThrow(() ->
            new DistDbException(
                ErrorCode.UNDEFINED_OBJECT, "role \"" + name + "\" does not exist"));
  }

  private static long role(Environment environment, Vector vector, int row) {
    if (vector.texts != null) {
      return named(environment, vector.texts[row]);
    }
    return environment.catalog().authority().roles().all().stream()
        .filter(role -> Oids.ofRole(role.id()) == vector.longs[row])
        .map(Role::id)
        .findFirst()
        .orElse(-1L);
  }

  // --- on what ---

  private static Optional<Subject> relation(Environment environment, Vector vector, int row) {
    long oid = oid(environment, vector, row, SqlType.Scalar.REGCLASS);
    Optional<CatalogObjects.Relation> relation = environment.catalog().objects().relation(oid);
    if (relation.isEmpty()) {
      // a table of the system, which everybody may read
      return environment
          .definitions()
          .isVisible(oid)
          .map(known -> new Subject(Securable.COLUMN, 0));
    }
    return Optional.of(
        switch (relation.get()) {
          case CatalogObjects.OfTable(Table table) ->
              new Subject(Securable.TABLE, table.id().value());
          case CatalogObjects.OfKey(Table table) ->
              new Subject(Securable.TABLE, table.id().value());
          case CatalogObjects.OfIndex of -> new Subject(Securable.TABLE, of.table().id().value());
          case CatalogObjects.OfSequence of -> new Subject(Securable.SEQUENCE, of.sequence().id());
          case CatalogObjects.OfView of -> new Subject(Securable.VIEW, of.view().id());
        });
  }

  private static Optional<Subject> schema(Environment environment, Vector vector, int row) {
    long oid = oid(environment, vector, row, SqlType.Scalar.REGNAMESPACE);
    for (Schema schema : environment.catalog().schemas()) {
      if (Oids.of(schema) == oid) {
        return Optional.of(new Subject(Securable.SCHEMA, schema.id()));
      }
    }
    boolean system = oid == Oids.PG_CATALOG || oid == Oids.INFORMATION_SCHEMA;
    return system ? Optional.of(new Subject(Securable.COLUMN, 0)) : Optional.empty();
  }

  private static Optional<Subject> database(Environment environment, Vector vector, int row) {
    if (vector.texts != null) {
      String name = vector.texts[row];
      if (!environment.database().equals(name) && !environment.databases().containsKey(name)) {
        throw new DistDbException(
            ErrorCode.UNDEFINED_DATABASE, "database \"" + name + "\" does not exist");
      }
    }
    return Optional.of(new Subject(Securable.DATABASE, 0));
  }

  private static long oid(Environment environment, Vector vector, int row, SqlType.Scalar type) {
    return vector.texts == null
        ? vector.longs[row]
        : environment.names().read(type, vector.texts[row]).oid();
  }

  // --- whether ---

  /** Any of the privileges, which are separated by commas. */
  private static boolean holds(
      Environment environment, long role, Subject subject, String words, boolean columns) {
    Authority authority = environment.catalog().authority();
    boolean any = false;
    for (String word : words.split(",")) {
      String upper = word.strip().toUpperCase(Locale.ROOT);
      boolean option = upper.endsWith(GRANT_OPTION);
      int bit = bit(option ? upper.substring(0, upper.length() - GRANT_OPTION.length()) : upper);
      if (subject.kind() == Securable.COLUMN) {
        boolean reads = bit == Privilege.SELECT.bit() || bit == Privilege.USAGE.bit();
        any |= reads && !option || authority.roles().isSuperuser(role);
        continue;
      }
      int held =
          option
              ? authority.options(role, subject.kind(), subject.id())
              : authority.privileges(role, subject.kind(), subject.id());
      any |= (held & bit) != 0;
      if (columns && !option) {
        for (int column : authority.of(subject.id()).columns().keySet()) {
          any |= (authority.columnPrivileges(role, subject.id(), column) & bit) != 0;
        }
      }
    }
    return any;
  }

  private static int bit(String word) {
    return Privilege.ofWord(word)
        .map(Privilege::bit)
        .orElseThrow(() ->
            new DistDbException(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "unrecognized privilege type: \"" + word + "\""));
  }

  private static void addColumns(FunctionTable table) {
    for (String user : List.of("", "name,", "oid,")) {
      for (String object : List.of("text", "oid")) {
        for (String column : List.of("text", "int2")) {
          table.addStable(
              "has_column_privilege(" + user + object + "," + column + ",text) bool",
              PrivilegeFunctions::column);
        }
      }
    }
  }

  private static void column(Caller caller, Vector result, int row, Vector[] arguments) {
    Environment environment = caller.environment();
    int first = arguments.length - 3;
    long role = first == 0 ? current(environment) : role(environment, arguments[0], row);
    Optional<Subject> subject = relation(environment, arguments[first], row);
    result.nulls[row] = subject.isEmpty();
    if (subject.isEmpty()) {
      return;
    }
    String words = arguments[first + 2].texts[row];
    boolean whole = holds(environment, role, subject.get(), words, false);
    Optional<Integer> slot = slot(environment, subject.get(), arguments[first + 1], row);
    int held =
        slot.map(of ->
                environment.catalog().authority().columnPrivileges(role, subject.get().id(), of))
            .orElse(0);
    boolean own = false;
    for (String word : words.split(",")) {
      own |= (held & bit(word.strip().toUpperCase(Locale.ROOT))) != 0;
    }
    result.nulls[row] = slot.isEmpty() && arguments[first + 1].texts == null;
    result.longs[row] = whole || own ? 1 : 0;
  }

  /** Of a column by its name or number. */
  private static Optional<Integer> slot(
      Environment environment, Subject subject, Vector column, int row) {
    if (column.texts == null) {
      return Optional.of((int) column.longs[row] - 1);
    }
    String name = column.texts[row];
    for (Table table : environment.catalog().tables()) {
      if (table.id().value() == subject.id() && subject.kind() == Securable.TABLE) {
        int ordinal = table.ordinalOf(name);
        if (ordinal < 0) {
          throw new DistDbException(
              ErrorCode.UNDEFINED_COLUMN,
              "column \"" + name + "\" of relation \"" + table.name() + "\" does not exist");
        }
        return Optional.of(table.slotOf(ordinal));
      }
    }
    return Optional.empty();
  }

  private static void addMembership(FunctionTable table) {
    for (String user : List.of("", "name,", "oid,")) {
      for (String other : List.of("name", "oid")) {
        table.addStable(
            "pg_has_role(" + user + other + ",text) bool",
            (x, r, i, a) -> {
              Environment environment = x.environment();
              Authority authority = environment.catalog().authority();
              long role = a.length == 2 ? current(environment) : role(environment, a[0], i);
              long group = role(environment, a[a.length - 2], i);
              String word = a[a.length - 1].texts[i].strip().toUpperCase(Locale.ROOT);
              boolean has =
                  switch (word) {
                    case "USAGE" -> authority.hasRightsOf(role, group);
                    case "MEMBER" ->
                        role == group
                            || authority.roles().isSuperuser(role)
                            || authority.roles().isMember(role, group);
                    case "MEMBER WITH ADMIN OPTION",
                        "MEMBER WITH GRANT OPTION",
                        "USAGE WITH ADMIN OPTION",
                        "USAGE WITH GRANT OPTION" ->
                        authority.roles().isSuperuser(role)
                            || authority.roles().isAdmin(role, group);
                    default ->
                        throw new DistDbException(
                            ErrorCode.INVALID_PARAMETER_VALUE,
                            "unrecognized privilege type: \"" + word + "\"");
                  };
              r.longs[i] = has ? 1 : 0;
            });
      }
    }
  }
}
