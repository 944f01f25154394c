// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.CatalogObjects;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Comment;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.function.Environment;

/** {@code pg_description}: what COMMENT ON said. */
final class PgDescription {
  static final long PG_CLASS = 1259;
  static final long PG_NAMESPACE = 2615;
  static final long PG_CONSTRAINT = 2606;

  /** The id of the schema that every database has from the start. */
  private static final long PUBLIC = 1;

  private static final String COLUMN = Comment.column(0).substring(0, "column:".length());
  private static final String CONSTRAINT = Comment.constraint("");

  private PgDescription() {}

  static void addTo(PgRows rows, Environment environment) {
    CatalogView catalog = environment.catalog();
    boolean told =
        catalog.comments().stream()
            .anyMatch(c -> c.object() == PUBLIC && c.member().equals(Comment.ITSELF));
    if (!told && catalog.schema("public").isPresent()) {
      add(rows, Oids.PUBLIC, PG_NAMESPACE, 0, "standard public schema");
    }
    for (Comment comment : catalog.comments()) {
      String member = comment.member();
      if (member.startsWith(CONSTRAINT)) {
        addOfConstraint(rows, catalog, comment);
      } else if (member.startsWith(COLUMN)) {
        int slot = Integer.parseInt(member.substring(COLUMN.length()));
        add(rows, Oids.of(comment.object()), PG_CLASS, slot + 1, comment.text());
      } else {
        addOfObject(rows, catalog, comment);
      }
    }
  }

  private static void add(PgRows rows, long object, long kind, int member, String text) {
    rows.add()
        .set("objoid", object)
        .set("classoid", kind)
        .set("objsubid", member)
        .set("description", text);
  }

  private static void addOfObject(PgRows rows, CatalogView catalog, Comment comment) {
    for (Schema schema : catalog.schemas()) {
      if (schema.id() == comment.object()) {
        add(rows, Oids.of(schema), PG_NAMESPACE, 0, comment.text());
        return;
      }
    }
    add(rows, Oids.of(comment.object()), PG_CLASS, 0, comment.text());
  }

  private static void addOfConstraint(PgRows rows, CatalogView catalog, Comment comment) {
    String name = comment.member().substring(CONSTRAINT.length());
    for (CatalogObjects.OfConstraint each : catalog.objects().constraints()) {
      boolean same = each.table().id().value() == comment.object();
      if (same && each.constraint().name().equals(name)) {
        add(rows, each.oid(), PG_CONSTRAINT, 0, comment.text());
      }
    }
  }
}
