// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.catalog.View;
import io.distdb.sql.session.Database;
import io.distdb.sql.session.Databases;
import io.distdb.sql.session.Notification;
import io.distdb.sql.session.ServerSession;
import io.distdb.sql.session.Session;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A database of a node in this process.
 *
 * @param place where the data is, in words
 */
record LocalDatabase(Databases databases, Database database, String place)
    implements ShellDatabase {
  /**
   * @throws DistDbException {@code UNDEFINED_DATABASE}
   */
  static LocalDatabase of(Databases databases, String name, String place) {
    return new LocalDatabase(databases, databases.database(name), place);
  }

  @Override
  public String name() {
    return database.name();
  }

  @Override
  public List<String> names(Session session) {
    return databases.names();
  }

  @Override
  public LocalDatabase other(String name) {
    return of(databases, name, place);
  }

  @Override
  public Session newSession() {
    return database.newSession();
  }

  @Override
  public boolean isLost(Session session) {
    return false;
  }

  @Override
  public List<Notification> takeNotifications(Session session) {
    return session instanceof ServerSession own ? own.takeNotifications() : List.of();
  }

  @Override
  public Descriptions descriptions(Session session, PrintWriter out) {
    return new Describe(database::definitions, databases::names, out);
  }

  @Override
  public List<Completion.Relation> relations(Session session) {
    return relations(database.definitions());
  }

  static List<Completion.Relation> relations(CatalogView catalog) {
    List<Completion.Relation> relations = new ArrayList<>();
    catalog
        .tables()
        .forEach(table ->
            relations.add(
                new Completion.Relation(
                    table.schema(),
                    table.name(),
                    table.columns().stream().map(TableColumn::name).toList())));
    catalog
        .views()
        .forEach(view ->
            relations.add(
                new Completion.Relation(
                    view.schema(),
                    view.name(),
                    view.columns().stream().map(View.Column::name).toList())));
    return relations;
  }

  /** The node is its owner's to close. */
  @Override
  public void close() {}
}
