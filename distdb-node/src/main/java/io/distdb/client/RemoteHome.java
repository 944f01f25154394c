// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.backup.BackupReport;
import io.distdb.api.backup.BackupRequest;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.metrics.Metric;
import io.distdb.api.time.Scheduler;
import io.distdb.client.remote.Connections;
import io.distdb.node.wiring.Recovery;
import io.distdb.sql.session.Session;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/** A database over the network: what a program in the node's JVM asks of it is asked by SQL. */
record RemoteHome(Connections connections) implements Home {
  private static final String METRICS =
      "SELECT name, kind, unit, description FROM distdb.metrics ORDER BY name";
  private static final String METRIC = "SELECT value FROM distdb.metrics WHERE name = $1";

  Client client() {
    return new Client(this, new RemoteLeases(connections), Scheduler.threads());
  }

  private Lease lease() {
    return new Lease(new RemoteLeases(connections), connections.session());
  }

  @Override
  public Client database(String name) {
    return new RemoteHome(connections.database(name)).client();
  }

  @Override
  public List<String> databases() {
    return lease()
        .query(
            "SELECT datname FROM pg_catalog.pg_database WHERE NOT datistemplate ORDER BY datname",
            new Object[0])
        .toList(row -> row.getString(0));
  }

  @Override
  public String databaseName() {
    return connections.databaseName();
  }

  @Override
  public Session newSession() {
    return connections.session();
  }

  @Override
  public DataSource dataSource() {
    return connections.dataSource();
  }

  @Override
  public BackupReport backup(BackupRequest request) {
    throw new DistDbException(
            ErrorCode.FEATURE_NOT_SUPPORTED, "a node over the network gives no report of a backup")
        .withHint("Run BACKUP TO: the directory is the node's.");
  }

  @Override
  public List<Metric> metrics() {
    return lease()
        .query(METRICS, new Object[0])
        .toList(row -> {
          String name = row.getString(0);
          return new Metric(
              name,
              Metric.Kind.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
              row.getString(2),
              row.getString(3),
              () -> value(name));
        });
  }

  private double value(String name) {
    try (Result result = lease().query(METRIC, new Object[] {name})) {
      return result.one(row -> row.getDouble(0)).orElse(0.0);
    }
  }

  @Override
  public void checkpoint() {
    lease().execute("CHECKPOINT", new Object[0]);
  }

  @Override
  public Recovery recovery() {
    throw new DistDbException(
        ErrorCode.FEATURE_NOT_SUPPORTED, "what a node found when it was opened is in its log");
  }

  /** The sessions are all there is. */
  @Override
  public void close() {}
}
