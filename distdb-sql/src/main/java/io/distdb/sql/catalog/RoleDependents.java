// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.TableId;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.access.DefaultPrivileges;
import io.distdb.sql.access.ObjectAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What keeps a role from being dropped, in every database of the store. */
public final class RoleDependents {
  private final Transaction transaction;
  private final CatalogView view;

  public RoleDependents(Transaction transaction, CatalogView view) {
    this.transaction = transaction;
    this.view = view;
  }

  /** Sentences about objects of this database and of its siblings; empty: none. */
  public List<String> of(long role) {
    List<String> sentences = new ArrayList<>();
    Transaction shared = CatalogSpace.shared(transaction);
    CatalogSpace own = CatalogSpace.of(transaction);
    for (DatabaseList.Entry database : new DatabaseList(shared).entries()) {
      if (database.access().mentions(role)) {
        sentences.add(sentence(database.access(), role, "database " + database.name()));
      }
    }
    Map<Long, ObjectAccess> objects = new TreeMap<>(view.authority().objects());
    objects.forEach((object, access) -> {
      if (access.mentions(role)) {
        sentences.add(sentence(access, role, name(object)));
      }
    });
    for (DefaultPrivileges.Key key : view.authority().defaults().mentioning(role)) {
      sentences.add(
          (key.role() == role ? "owner of " : "privileges for ") + DefaultText.of(key, view));
    }
    for (DatabaseList.Entry database : new DatabaseList(shared).entries()) {
      if (!database.space().equals(own)) {
        Transaction inside = database.space().over(shared);
        if (CatalogVersion.isCurrent(inside)) {
          long count =
              new AccessStore(inside)
                      .read().values().stream().filter(access -> access.mentions(role)).count()
                  + new DefaultAccessStore(inside).read().mentioning(role).size();
          if (count > 0) {
            sentences.add(
                count + (count == 1 ? " object" : " objects") + " in database " + database.name());
          }
        }
      }
    }
    return sentences;
  }

  private static String sentence(ObjectAccess access, long role, String object) {
    return (access.owner() == role ? "owner of " : "privileges for ") + object;
  }

  private String name(long id) {
    Optional<Table> table = view.table(new TableId(id));
    if (table.isPresent()) {
      return "table " + table.get().qualifiedName();
    }
    for (View other : view.views()) {
      if (other.id() == id) {
        return "view " + other.qualifiedName();
      }
    }
    for (Sequence sequence : view.sequences()) {
      if (sequence.id() == id) {
        return "sequence " + sequence.qualifiedName();
      }
    }
    return view.schemas().stream()
        .filter(schema -> schema.id() == id)
        .map(schema -> "schema " + schema.name())
        .findFirst()
        .orElse("object " + id);
  }
}
