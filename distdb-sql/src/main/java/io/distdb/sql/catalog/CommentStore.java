// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.KeyRange;
import io.distdb.api.txn.Transaction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Comments within one transaction. They belong to objects by id and to columns by slot, so that
 * they follow when a definition gives its columns and indexes others.
 */
final class CommentStore {
  private final Transaction transaction;

  CommentStore(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Sets a comment, or takes it away when {@code text} is null. */
  void put(long object, String member, String text) {
    if (text == null) {
      transaction.delete(SystemTables.COMMENTS, SystemTables.key(object, member));
    } else {
      transaction.put(
          SystemTables.COMMENTS,
          SystemTables.key(object, member),
          SystemRows.row(SystemTables.COMMENTS_ROW, object, member, text));
    }
  }

  /** Takes away every comment of an object and its members. */
  void drop(long object) {
    read(object).keySet().forEach(member -> put(object, member, null));
  }

  /** By member. */
  private Map<String, String> read(long object) {
    Map<String, String> texts = new LinkedHashMap<>();
    KeyRange range = KeyRange.prefix(SystemTables.key(object));
    try (IndexCursor cursor = transaction.range(SystemTables.COMMENTS, range, Direction.FORWARD)) {
      while (cursor.next()) {
        texts.put(
            SystemTables.COMMENTS_ROW.getText(cursor.value(), 1),
            SystemTables.COMMENTS_ROW.getText(cursor.value(), 2));
      }
    }
    return texts;
  }

  /** Takes the comments of {@code before} to where {@code after} has the same members. */
  void follow(Table before, Table after) {
    long id = before.id().value();
    Map<String, String> known = read(id);
    Map<String, String> moved = new LinkedHashMap<>();
    moved.put(Comment.ITSELF, known.get(Comment.ITSELF));
    ColumnMoves.between(before, after)
        .slots()
        .forEach((from, to) -> moved.put(Comment.column(to), known.get(Comment.column(from))));
    for (int i = 0; i < before.constraints().size(); i++) {
      String name = before.constraints().get(i).name();
      String text = known.get(Comment.constraint(name));
      newName(before, after, i).ifPresent(to -> moved.put(Comment.constraint(to), text));
    }
    moved.values().removeIf(java.util.Objects::isNull);
    if (!moved.equals(known)) {
      drop(id);
      moved.forEach((member, text) -> put(id, member, text));
    }
    before.indexes().forEach(index -> follow(index, after));
  }

  /** What constraint {@code number} is called now; a definition renames one at a time. */
  private static Optional<String> newName(Table before, Table after, int number) {
    String name = before.constraints().get(number).name();
    if (after.constraint(name).isPresent()) {
      return Optional.of(name);
    }
    return before.constraints().size() == after.constraints().size()
        ? Optional.of(after.constraints().get(number).name())
        : Optional.empty();
  }

  /** An index that is filled anew has another id. */
  private void follow(IndexDefinition index, Table after) {
    if (after.indexes().stream().anyMatch(other -> other.id().equals(index.id()))) {
      return;
    }
    String text = read(index.id().value()).get(Comment.ITSELF);
    drop(index.id().value());
    if (text != null) {
      after.indexes().stream()
          .filter(other -> other.name().equals(index.name()))
          .map(IndexDefinition::id)
          .mapToLong(IndexId::value)
          .forEach(id -> put(id, Comment.ITSELF, text));
    }
  }
}
