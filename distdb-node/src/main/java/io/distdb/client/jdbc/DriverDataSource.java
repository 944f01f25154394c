// SPDX-License-Identifier: MIT
package io.distdb.client.jdbc;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Makes pgjdbc's data source for a database of this JVM. */
final class DriverDataSource {
  private DriverDataSource() {}

  /**
   * @param key of the database's server among the {@link InProcessServers}
   */
  static DataSource of(String key, String database, String user) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setSocketFactory(InProcessSocketFactory.class.getName());
    source.setSocketFactoryArg(key);
    source.setSslmode("disable");
    source.setGssEncMode("disable");
    source.setDatabaseName(database);
    source.setUser(user);
    return source;
  }
}
