// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.txn.TimestampSource;

/** The oracle as a node of several sees it: it is where the shard is led. */
record GatewayTimestamps(TransactionContext context) implements TimestampSource {
  @Override
  public long next() {
    return context.gateway().nextTimestamp();
  }

  @Override
  public long current() {
    return context.gateway().snapshots().freshSnapshot();
  }

  @Override
  public long now() {
    return context.gateway().snapshots().now();
  }
}
