// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.catalog.Comment;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import java.util.List;
import java.util.Optional;

/** COMMENT ON. */
final class Comments {
  private final Definer definer;

  Comments(Definer definer) {
    this.definer = definer;
  }

  Done comment(SchemaStatement.Comment comment) {
    NameResolver names = definer.names();
    String text = comment.text().filter(written -> !written.isEmpty()).orElse(null);
    switch (comment.kind()) {
      case COLUMN, CONSTRAINT -> member(comment, names, text);
      case SCHEMA -> {
        Schema schema = ObjectDefinitions.requireSchema(comment.object().name(), names);
        definer.permissions().requireOwner(schema);
        put(schema.id(), text);
      }
      case TABLE -> put(table(comment, names).id().value(), text);
      case INDEX ->
          put(
              names
                  .index(comment.object())
                  .map(index -> {
                    Table table = names.catalog().table(index.table()).orElseThrow();
                    definer.permissions().requireOwnerOfIndex(table, index.name());
                    return index.id().value();
                  })
                  .orElseThrow(() -> MissingObjects.relation(comment.object(), names, "index")),
              text);
      case SEQUENCE ->
          put(
              names
                  .sequence(comment.object())
                  .map(sequence -> {
                    definer.permissions().requireOwner(sequence);
                    return sequence.id();
                  })
                  .orElseThrow(() -> MissingObjects.relation(comment.object(), names, "sequence")),
              text);
      case VIEW ->
          put(
              names
                  .view(comment.object())
                  .map(view -> {
                    definer.permissions().requireOwner(view);
                    return view.id();
                  })
                  .orElseThrow(() -> MissingObjects.relation(comment.object(), names, "view")),
              text);
    }
    return Done.of("COMMENT");
  }

  private void put(long object, String text) {
    definer.catalog().comment(object, Comment.ITSELF, text);
  }

  private Table table(SchemaStatement.Comment comment, NameResolver names) {
    Table table =
        names
            .table(comment.object())
            .orElseThrow(() -> MissingObjects.relation(comment.object(), names, "table"));
    definer.permissions().requireOwner(table);
    return table;
  }

  private void member(SchemaStatement.Comment comment, NameResolver names, String text) {
    Name member = comment.member().orElseThrow();
    Optional<View> view = names.view(comment.object());
    if (comment.kind() == SchemaStatement.CommentKind.COLUMN && view.isPresent()) {
      definer.permissions().requireOwner(view.get());
      int position = position(view.get(), member);
      definer.catalog().comment(view.get().id(), Comment.column(position), text);
      return;
    }
    Table table = table(comment, names);
    String key;
    if (comment.kind() == SchemaStatement.CommentKind.COLUMN) {
      key = Comment.column(table.slotOf(AlterColumns.require(table, member)));
    } else {
      Optional<?> constraint = table.constraint(member.text());
      if (constraint.isEmpty()) {
        throw new DistDbException(
                ErrorCode.UNDEFINED_OBJECT,
                "constraint \"" + member + "\" for table \"" + table.name() + "\" does not exist")
            .at(member.span().position());
      }
      key = Comment.constraint(member.text());
    }
    definer.catalog().comment(table.id().value(), key, text);
  }

  private static int position(View view, Name column) {
    List<String> names = view.columns().stream().map(View.Column::name).toList();
    if (!names.contains(column.text())) {
      throw new DistDbException(
              ErrorCode.UNDEFINED_COLUMN,
              "column \"" + column + "\" of relation \"" + view.name() + "\" does not exist")
          .at(column.span().position());
    }
    return names.indexOf(column.text());
  }
}
