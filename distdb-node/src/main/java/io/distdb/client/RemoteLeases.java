// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.client.remote.Connections;
import io.distdb.sql.session.Session;

/** Sessions of a pool of connections, which keeps what they have prepared. */
record RemoteLeases(Connections connections) implements Leases {
  @Override
  public Lease take() {
    checkOpen();
    return new Lease(this, connections.session());
  }

  @Override
  public boolean goesOn(Session lost, DistDbException why) {
    return connections.goesOn(lost, why);
  }

  @Override
  public void giveBack(Lease lease) {
    lease.discard();
  }

  @Override
  public void checkOpen() {
    if (connections.isClosed()) {
      throw new DistDbException(ErrorCode.CONNECTION_CLOSED, "the client is closed");
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
