// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.node.pgwire.auth.Decoys;
import io.distdb.sql.session.Databases;
import java.security.SecureRandom;

/**
 * Serves drivers within the process: PostgreSQL's protocol with no port open, and nobody to prove
 * who they are. Thread-safe.
 */
public final class LocalServer implements Reception, AutoCloseable {
  private final Databases databases;
  private final Scheduler scheduler;
  private final Connections connections = new Connections();
  private final SecureRandom secrets = new SecureRandom();
  private volatile boolean closed;

  public LocalServer(Databases databases, Scheduler scheduler) {
    this.databases = databases;
    this.scheduler = scheduler;
  }

  /**
   * What a socket would be.
   *
   * @throws DistDbException {@code SHUTTING_DOWN}
   */
  public LocalConnection connect() {
    admit();
    LocalConnection connection = new LocalConnection(this, scheduler, secrets.nextInt());
    connections.add(connection);
    return connection;
  }

  @Override
  public Databases databases() {
    return databases;
  }

  @Override
  public Connections connections() {
    return connections;
  }

  @Override
  public Admission admission() {
    return Admission.TRUST;
  }

  @Override
  public void failed(String peer, String user) {
    throw new IllegalStateException("nobody is asked for a password");
  }

  @Override
  public long nowMicros() {
    throw new IllegalStateException("nobody is asked for a password");
  }

  @Override
  public Decoys decoys() {
    throw new IllegalStateException("nobody is asked for a password");
  }

  @Override
  public void admit() {
    if (closed) {
      throw new DistDbException(ErrorCode.SHUTTING_DOWN, "the database is closed");
    }
  }

  /** Ends every connection. May be called twice. */
  @Override
  public void close() {
    closed = true;
    connections.all(LocalConnection.class).forEach(LocalConnection::close);
  }
}
