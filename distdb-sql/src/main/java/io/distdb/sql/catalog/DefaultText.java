// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.sql.access.DefaultPrivileges;
import java.util.Optional;

/** Default privileges as messages call them. */
final class DefaultText {
  private DefaultText() {}

  static String of(DefaultPrivileges.Key key, CatalogView view) {
    String kind =
        switch (key.kind()) {
          case TABLE, VIEW, COLUMN -> "relations";
          case SEQUENCE -> "sequences";
          case SCHEMA -> "schemas";
          case DATABASE -> "databases";
        };
    Optional<String> schema =
        view.schemas().stream()
            .filter(each -> each.id() == key.schema())
            .map(each -> " in schema " + each.name())
            .findFirst();
    return "default privileges on new "
        + kind
        + " belonging to role "
        + view.authority().roles().name(key.role())
        + schema.orElse("");
  }
}
