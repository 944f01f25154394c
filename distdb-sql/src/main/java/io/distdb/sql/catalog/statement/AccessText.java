// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.statement;

import io.distdb.sql.access.Acl;
import io.distdb.sql.access.AclItem;
import io.distdb.sql.access.Authority;
import io.distdb.sql.access.ObjectAccess;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.access.Securable;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import io.distdb.sql.catalog.statement.Definition.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Who owns what and may do what with it, where it is not as it begins: owned by the first role,
 * with nothing granted. Roles are not a database's own: they must be there where this is run.
 */
final class AccessText {
  private final Authority authority;
  private final List<Definition> owners = new ArrayList<>();
  private final List<Definition> grants = new ArrayList<>();

  private AccessText(Authority authority) {
    this.authority = authority;
  }

  static List<Definition> owners(CatalogView catalog) {
    return all(catalog).owners;
  }

  static List<Definition> grants(CatalogView catalog) {
    return all(catalog).grants;
  }

  private static AccessText all(CatalogView catalog) {
    AccessText text = new AccessText(catalog.authority());
    for (Schema schema : catalog.schemas()) {
      if (!Schema.isTemporary(schema.name())) {
        text.schema(schema);
      }
    }
    for (Table table : catalog.tables()) {
      if (!Schema.isTemporary(table.schema())) {
        text.table(table);
      }
    }
    for (Sequence sequence : catalog.sequences()) {
      String table =
          sequence.owner().flatMap(of -> catalog.table(of.table())).map(Table::name).orElse("");
      text.sequence(sequence, table);
    }
    for (View view : catalog.views()) {
      if (!Schema.isTemporary(view.schema())) {
        text.view(view);
      }
    }
    return text;
  }

  /** An object that has an owner. */
  private record Owned(Securable kind, long id, String schema, String name, String table) {
    String written() {
      return kind == Securable.SCHEMA ? Names.of(name) : Names.of(schema, name);
    }

    /** As GRANT calls it: a view is a table there. */
    String granted() {
      String word = kind == Securable.VIEW ? "table" : kind.word();
      return word.toUpperCase(Locale.ROOT) + " " + written();
    }
  }

  private void schema(Schema schema) {
    String name = schema.name();
    add(new Owned(Securable.SCHEMA, schema.id(), name, name, ""), List.of(), true);
  }

  private void table(Table table) {
    List<String> columns = new ArrayList<>();
    for (int slot = 0; slot < table.columns().size() + table.dropped().size(); slot++) {
      int ordinal = table.ordinalOfSlot(slot);
      columns.add(ordinal < 0 ? "" : table.columns().get(ordinal).name());
    }
    String name = table.name();
    add(new Owned(Securable.TABLE, table.id().value(), table.schema(), name, name), columns, true);
  }

  /** A sequence that goes with a column follows its table from owner to owner. */
  private void sequence(Sequence sequence, String table) {
    add(
        new Owned(Securable.SEQUENCE, sequence.id(), sequence.schema(), sequence.name(), table),
        List.of(),
        sequence.owner().isEmpty());
  }

  private void view(View view) {
    List<String> columns = view.columns().stream().map(View.Column::name).toList();
    add(new Owned(Securable.VIEW, view.id(), view.schema(), view.name(), ""), columns, true);
  }

  private void add(Owned object, List<String> columns, boolean ownOwner) {
    ObjectAccess access = authority.of(object.id());
    ObjectAccess first = Authority.FIRST.of(object.id());
    if (access.equals(first)) {
      return;
    }
    if (ownOwner && access.owner() != first.owner()) {
      String statement =
          "ALTER "
              + object.kind().word().toUpperCase(Locale.ROOT)
              + " "
              + object.written()
              + " OWNER TO "
              + role(access.owner());
      owners.add(
          new Definition(Kind.OWNER, object.schema(), object.name(), object.table(), statement));
    }
    if (access.acl().isPresent()) {
      acl(object, access);
    }
    for (Map.Entry<Integer, Acl> column : access.columns().entrySet()) {
      String name = " (" + Names.of(columns.get(column.getKey())) + ")";
      column.getValue().items().forEach(item -> grant(object, access.owner(), item, name));
    }
  }

  private void acl(Owned object, ObjectAccess access) {
    Acl acl = access.acl().orElseThrow();
    Acl initial = Acl.initial(object.kind(), access.owner());
    if (!acl.items().containsAll(initial.items())) {
      statement(
          object, "REVOKE ALL ON " + object.granted() + " FROM PUBLIC, " + role(access.owner()));
      acl.items().forEach(item -> grant(object, access.owner(), item, ""));
    } else {
      acl.items().stream()
          .filter(item -> !initial.items().contains(item))
          .forEach(item -> grant(object, access.owner(), item, ""));
    }
  }

  private void statement(Owned object, String text) {
    grants.add(new Definition(Kind.GRANT, object.schema(), object.name(), object.table(), text));
  }

  /**
   * @param column in parentheses, or empty
   */
  private void grant(Owned object, long owner, AclItem item, String column) {
    boolean others = item.grantor() != owner;
    if (others) {
      statement(object, "SET SESSION AUTHORIZATION " + role(item.grantor()));
    }
    grant(object, item.privileges() & ~item.options(), item, column, "");
    grant(object, item.options(), item, column, " WITH GRANT OPTION");
    if (others) {
      statement(object, "RESET SESSION AUTHORIZATION");
    }
  }

  private void grant(Owned object, int privileges, AclItem item, String column, String option) {
    if (privileges != 0) {
      String words = words(privileges, column);
      String to = item.grantee() == Acl.PUBLIC ? "PUBLIC" : role(item.grantee());
      statement(object, "GRANT " + words + " ON " + object.granted() + " TO " + to + option);
    }
  }

  /** As GRANT has them. */
  static String words(int privileges, String column) {
    return Arrays.stream(Privilege.values())
        .filter(privilege -> (privileges & privilege.bit()) != 0)
        .map(privilege -> privilege.name() + column)
        .collect(Collectors.joining(", "));
  }

  private String role(long id) {
    return Names.of(authority.roles().name(id));
  }
}
