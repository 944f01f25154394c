// SPDX-License-Identifier: MIT
package io.distdb.client;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** The data source of one of several homes, chosen anew for every connection. */
final class RoutedDataSource implements DataSource {
  private final Supplier<Client> route;
  private volatile PrintWriter writer;
  private volatile int seconds;

  RoutedDataSource(Supplier<Client> route) {
    this.route = route;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return route.get().dataSource().getConnection();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return route.get().dataSource().getConnection(user, password);
  }

  @Override
  public PrintWriter getLogWriter() {
    return writer;
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    writer = out;
  }

  @Override
  public void setLoginTimeout(int newSeconds) {
    seconds = newSeconds;
  }

  @Override
  public int getLoginTimeout() {
    return seconds;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("DistDB logs through slf4j");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("no " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
