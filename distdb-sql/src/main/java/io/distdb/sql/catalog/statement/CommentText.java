// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.statement;

import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Comment;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import io.distdb.sql.catalog.statement.Definition.Kind;
import io.distdb.sql.text.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** COMMENT ON of everything that has a comment. */
final class CommentText {
  private final Map<Key, String> texts = new HashMap<>();
  private final List<Definition> definitions = new ArrayList<>();
  private final boolean late;

  private record Key(long object, String member) {}

  private CommentText(CatalogView catalog, boolean late) {
    this.late = late;
    for (Comment comment : catalog.comments()) {
      texts.put(new Key(comment.object(), comment.member()), comment.text());
    }
  }

  /**
   * @param late whether of what is defined after the data, or of all else
   */
  static List<Definition> all(CatalogView catalog, boolean late) {
    CommentText comments = new CommentText(catalog, late);
    catalog.tables().stream()
        .filter(table -> !Schema.isTemporary(table.schema()))
        .forEach(late ? comments::foreignKeys : comments::table);
    if (!late) {
      catalog.schemas().forEach(comments::schema);
      catalog.sequences().forEach(comments::sequence);
      catalog.views().forEach(comments::view);
    }
    return comments.definitions;
  }

  /** A comment on {@code what}, when there is one. */
  private void add(
      long object, String member, String schema, String name, String table, String what) {
    String text = texts.get(new Key(object, member));
    if (text != null) {
      Kind kind = late ? Kind.LATE_COMMENT : Kind.COMMENT;
      String statement = "COMMENT ON " + what + " IS " + Texts.literal(text);
      definitions.add(new Definition(kind, schema, name, table, statement));
    }
  }

  private void schema(Schema schema) {
    String name = schema.name();
    add(schema.id(), Comment.ITSELF, name, name, "", "SCHEMA " + Names.of(name));
  }

  private void sequence(Sequence sequence) {
    String what = "SEQUENCE " + Names.of(sequence.schema(), sequence.name());
    add(sequence.id(), Comment.ITSELF, sequence.schema(), sequence.name(), "", what);
  }

  private void view(View view) {
    String name = Names.of(view.schema(), view.name());
    add(view.id(), Comment.ITSELF, view.schema(), view.name(), "", "VIEW " + name);
    for (int i = 0; i < view.columns().size(); i++) {
      String what = "COLUMN " + name + "." + Names.of(view.columns().get(i).name());
      add(view.id(), Comment.column(i), view.schema(), view.name(), "", what);
    }
  }

  private void table(Table table) {
    long id = table.id().value();
    add(id, Comment.ITSELF, table, "TABLE " + Names.of(table));
    for (int i = 0; i < table.columns().size(); i++) {
      String what = "COLUMN " + Names.of(table) + "." + Names.of(table.columns().get(i).name());
      add(id, Comment.column(table.slotOf(i)), table, what);
    }
    for (IndexDefinition index : table.indexes()) {
      String what = "INDEX " + Names.of(table.schema(), index.name());
      add(index.id().value(), Comment.ITSELF, table, what);
    }
    for (Constraint constraint : table.constraints()) {
      if (!(constraint instanceof Constraint.ForeignKey)) {
        constraint(table, constraint);
      }
    }
  }

  private void foreignKeys(Table table) {
    table.foreignKeys().forEach(key -> constraint(table, key));
  }

  private void constraint(Table table, Constraint constraint) {
    String what = "CONSTRAINT " + Names.of(constraint.name()) + " ON " + Names.of(table);
    add(table.id().value(), Comment.constraint(constraint.name()), table, what);
  }

  private void add(long object, String member, Table table, String what) {
    add(object, member, table.schema(), table.name(), table.name(), what);
  }
}
