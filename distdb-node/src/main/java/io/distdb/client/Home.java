// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.backup.BackupReport;
import io.distdb.api.backup.BackupRequest;
import io.distdb.api.metrics.Metric;
import io.distdb.node.wiring.Recovery;
import io.distdb.sql.session.Session;
import java.util.List;
import javax.sql.DataSource;

/**
 * What a client is a client of. Its methods are those of {@link Client}, which has the contracts.
 */
sealed interface Home permits LocalHome, RemoteHome, RoutedHome {
  Client database(String name);

  List<String> databases();

  String databaseName();

  Session newSession();

  DataSource dataSource();

  BackupReport backup(BackupRequest request);

  List<Metric> metrics();

  void checkpoint();

  Recovery recovery();

  /** After the sessions. */
  void close();
}
