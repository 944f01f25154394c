// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

/** For contenders that take part in the durable inserts alone. */
abstract class WriteOnlyWorker implements Contender.Worker {
  @Override
  public final long selectPrepared(long id) {
    throw new UnsupportedOperationException("this contender only writes");
  }

  @Override
  public final long selectLiteral(long id) {
    throw new UnsupportedOperationException("this contender only writes");
  }

  @Override
  public final long update(long id, int quantity) {
    throw new UnsupportedOperationException("this contender only writes");
  }

  @Override
  public void close() throws Exception {}
}
