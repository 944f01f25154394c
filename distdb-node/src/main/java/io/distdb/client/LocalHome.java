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
import io.distdb.sql.session.ServerSession;
import io.distdb.sql.session.Session;
import java.util.List;
import java.util.Map;
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
  private static final Map<String, String> NAMED_COMMITS = Map.of("distdb.commit_tokens", "on");

  LocalHome(Node node, Surroundings surroundings, Database database, boolean ownsNode) {
    this(
        node,
        surroundings,
        database,
        ownsNode,
        new InProcessDriver(node.databases(), surroundings.scheduler()));
  }

  Client client() {
    return new Client(this, new SessionPool(this::newSession), surroundings.scheduler());
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

  /** Of a node of several: what is to be committed when another comes to lead is found there. */
  @Override
  public Session newSession() {
    ServerSession session = database.newSession();
    if (node.group().isPresent()) {
      session.start(NAMED_COMMITS);
    }
    return session;
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
