// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.client.remote.Connections;
import io.distdb.sql.session.Notification;
import io.distdb.sql.session.Session;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A database of a node, or of PostgreSQL, over the network: one connection. */
record ServerDatabase(Connections connections) implements ShellDatabase {
  private static final String DATABASES =
      "SELECT datname FROM pg_catalog.pg_database WHERE NOT datistemplate ORDER BY datname";

  private static final String COLUMNS =
      """
      SELECT n.nspname, c.relname, a.attname
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.oid >= 16384
        AND n.nspname <> 'pg_toast' AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY n.nspname, c.relname, a.attnum\
      """;

  /** A relation's schema and name. */
  private record Name(String schema, String name) {}

  @Override
  public String name() {
    return connections.databaseName();
  }

  @Override
  public String place() {
    return "as user \"" + connections.userName() + "\" of " + connections.place();
  }

  @Override
  public List<String> names(Session session) {
    return new Catalog(session).rows(DATABASES).stream().map(row -> row[0]).toList();
  }

  @Override
  public ServerDatabase other(String name) {
    return new ServerDatabase(connections.database(name));
  }

  @Override
  public Session newSession() {
    return connections.session();
  }

  @Override
  public boolean isLost(Session session) {
    return Connections.isLost(session);
  }

  @Override
  public List<Notification> takeNotifications(Session session) {
    return Connections.takeNotifications(session);
  }

  @Override
  public Descriptions descriptions(Session session, PrintWriter out) {
    return new DescribeServer(new Catalog(session), () -> names(session), out);
  }

  @Override
  public List<Completion.Relation> relations(Session session) {
    Map<Name, List<String>> columns = new LinkedHashMap<>();
    for (String[] row : new Catalog(session).rows(COLUMNS)) {
      columns.computeIfAbsent(new Name(row[0], row[1]), one -> new ArrayList<>()).add(row[2]);
    }
    return columns.entrySet().stream()
        .map(entry ->
            new Completion.Relation(
                entry.getKey().schema(), entry.getKey().name(), entry.getValue()))
        .toList();
  }

  @Override
  public void close() {
    connections.close();
  }
}
