// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.backup.BackupReport;
import io.distdb.api.backup.BackupRequest;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.metrics.Metric;
import io.distdb.api.time.Scheduler;
import io.distdb.node.wiring.Recovery;
import io.distdb.sql.session.Session;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * One of several homes of the same data, chosen anew for every call.
 *
 * @param route the client of the home that is best now; any thread
 */
record RoutedHome(Supplier<Client> route) implements Home {
  Client client() {
    return new Client(this, new RoutedLeases(route), Scheduler.threads());
  }

  @Override
  public Client database(String name) {
    return new RoutedHome(new SameDatabase(route, name)).client();
  }

  @Override
  public List<String> databases() {
    return route.get().databases();
  }

  @Override
  public String databaseName() {
    return route.get().databaseName();
  }

  @Override
  public Session newSession() {
    return new RoutedSession(route.get().newSession());
  }

  @Override
  public DataSource dataSource() {
    return new RoutedDataSource(route);
  }

  @Override
  public BackupReport backup(BackupRequest request) {
    return route.get().backup(request);
  }

  @Override
  public List<Metric> metrics() {
    return route.get().metrics();
  }

  @Override
  public void checkpoint() {
    route.get().checkpoint();
  }

  @Override
  public Recovery recovery() {
    return route.get().recovery();
  }

  /** The homes are others' to close. */
  @Override
  public void close() {}

  /** Sessions of whoever is chosen; they go back to where they came from. */
  private static final class RoutedLeases implements Leases {
    private final Supplier<Client> route;
    private volatile boolean closed;

    RoutedLeases(Supplier<Client> route) {
      this.route = route;
    }

    @Override
    public Lease take() {
      checkOpen();
      return route.get().pool().take();
    }

    @Override
    public void giveBack(Lease lease) {
      lease.release();
    }

    @Override
    public void checkOpen() {
      if (closed) {
        throw new DistDbException(ErrorCode.CONNECTION_CLOSED, "the client is closed");
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** The database of a name at each home, whose client is made once. */
  private static final class SameDatabase implements Supplier<Client> {
    private final Supplier<Client> route;
    private final String name;
    private Client home;
    private Client there;

    SameDatabase(Supplier<Client> route, String name) {
      this.route = route;
      this.name = name;
    }

    @Override
    public Client get() {
      Client now = route.get();
      synchronized (this) {
        if (now == home) {
          return there;
        }
      }
      Client made = now.database(name);
      synchronized (this) {
        home = now;
        there = made;
        return made;
      }
    }
  }
}
