// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.statement;

import io.distdb.sql.access.Acl;
import io.distdb.sql.access.AclItem;
import io.distdb.sql.access.DefaultPrivileges;
import io.distdb.sql.access.Securable;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.statement.Definition.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * ALTER DEFAULT PRIVILEGES, where new objects begin otherwise than by themselves. What is defined
 * before is none of these.
 */
final class DefaultAccessText {
  private final CatalogView catalog;
  private final List<Definition> definitions = new ArrayList<>();

  private DefaultAccessText(CatalogView catalog) {
    this.catalog = catalog;
  }

  static List<Definition> all(CatalogView catalog) {
    DefaultAccessText text = new DefaultAccessText(catalog);
    catalog.authority().defaults().entries().forEach(text::add);
    return text.definitions;
  }

  private void add(DefaultPrivileges.Key key, Acl acl) {
    String schema =
        catalog.schemas().stream()
            .filter(each -> each.id() == key.schema())
            .map(Schema::name)
            .findFirst()
            .orElse("");
    String begin =
        "ALTER DEFAULT PRIVILEGES FOR ROLE "
            + role(key.role())
            + (schema.isEmpty() ? "" : " IN SCHEMA " + Names.of(schema));
    String kind = word(key.kind());
    Acl initial = key.nothingSaid();
    boolean more = acl.items().containsAll(initial.items());
    if (!more) {
      add(schema, begin + " REVOKE ALL ON " + kind + " FROM PUBLIC, " + role(key.role()));
    }
    for (AclItem item : acl.items()) {
      if (!more || !initial.items().contains(item)) {
        grant(schema, begin, item, item.privileges() & ~item.options(), kind, "");
        grant(schema, begin, item, item.options(), kind, " WITH GRANT OPTION");
      }
    }
  }

  private void grant(
      String schema, String begin, AclItem item, int privileges, String kind, String option) {
    if (privileges != 0) {
      String words = AccessText.words(privileges, "");
      String to = item.grantee() == Acl.PUBLIC ? "PUBLIC" : role(item.grantee());
      add(schema, begin + " GRANT " + words + " ON " + kind + " TO " + to + option);
    }
  }

  private void add(String schema, String statement) {
    definitions.add(new Definition(Kind.GRANT, schema, "default privileges", "", statement));
  }

  private String role(long id) {
    return Names.of(catalog.authority().roles().name(id));
  }

  private static String word(Securable kind) {
    return switch (kind) {
      case TABLE, VIEW, COLUMN -> "TABLES";
      case SEQUENCE, SCHEMA, DATABASE -> kind.word().toUpperCase(Locale.ROOT) + "S";
    };
  }
}
