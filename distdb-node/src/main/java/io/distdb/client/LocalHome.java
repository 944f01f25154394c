// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.backup.BackupReport;
import io.distdb.api.backup.BackupRequest;
import io.distdb.api.metrics.Metric;
import io.distdb.client.jdbc.InProcessDriver;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Recovery;
import io.distdb.node.wiring.Surroundings;
import io.distdb.sql.session.Database;
import io.distdb.sql.session.Session;
import java.util.List;
import javax.sql.DataSource;

/**
 * A database of a node in this JVM.
 *
 * @param ownsNode whether the node ends with the client
 * @param driver for the client's data sources
 */
record LocalHome(
    Node node,
    Surroundings surroundings,
    Database database,
    boolean ownsNode,
    InProcessDriver driver)
    implements Home {
  LocalHome(Node node, Surroundings surroundings, Database database, boolean ownsNode) {
    this(
        node,
        surroundings,
        database,
        ownsNode,
        new InProcessDriver(node.databases(), surroundings.scheduler()));
  }

  Client client() {
    return new Client(this, new SessionPool(database), surroundings.scheduler());
  }

  @Override
  public Client database(String name) {
    return new LocalHome(node, surroundings, node.databases().database(name), false).client();
  }

  @Override
  public List<String> databases() {
    return node.databases().names();
  }

  @Override
  public String databaseName() {
    return database.name();
  }

  @Override
  public Session newSession() {
    return database.newSession();
  }

  @Override
  public DataSource dataSource() {
    return driver.dataSource(database.name());
  }

  @Override
  public BackupReport backup(BackupRequest request) {
    return node.backups().take(request);
  }

  @Override
  public List<Metric> metrics() {
    return node.metrics();
  }

  @Override
  public void checkpoint() {
    node.transactions().checkpoint();
  }

  @Override
  public Recovery recovery() {
    return node.recovery();
  }

  @Override
  public void close() {
    driver.close();
    if (ownsNode) {
      node.close();
    }
  }
}
