// SPDX-License-Identifier: MIT
package io.distdb.client.jdbc;

import io.distdb.api.time.Scheduler;
import io.distdb.node.pgwire.LocalServer;
import io.distdb.sql.access.Role;
import io.distdb.sql.session.Databases;
import javax.sql.DataSource;

/** What one client's data sources connect to: it starts with the first of them. Thread-safe. */
public final class InProcessDriver implements AutoCloseable {
  private final Databases databases;
  private final LocalServer server;
  private String key;

  public InProcessDriver(Databases databases, Scheduler scheduler) {
    this.databases = databases;
    server = new LocalServer(databases, scheduler);
  }

  /**
   * A data source whose connections are of {@code database}; needs pgjdbc on the class path.
   *
   * @throws io.distdb.api.error.DistDbException {@code SHUTTING_DOWN}: this is closed
   */
  public synchronized DataSource dataSource(String database) {
    server.admit();
    if (key == null) {
      key = InProcessServers.add(server);
    }
    String user = databases.role(Role.FIRST).map(Role::name).orElse(Role.FIRST_NAME);
    return DriverDataSource.of(key, database, user);
  }

  /** Ends every connection. May be called twice. */
  @Override
  public synchronized void close() {
    if (key != null) {
      InProcessServers.remove(key);
    }
    server.close();
  }
}
