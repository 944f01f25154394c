// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Waiter;
import io.distdb.api.transport.Calls;
import io.distdb.sharding.lock.LockClient;
import java.util.concurrent.TimeUnit;

/**
 * Waits for the answer of a node that leads, as long as it does: when this node hears of another
 * leader, an answer that has not come in a moment will hardly come.
 */
final class WhileItLeads implements Calls.Patience {
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final TransactionContext context;
  private final NodeId leader;
  private final LockClient client;
  private final ErrorCode otherwise;
  private boolean over;
  private long overSinceNanos;

  /**
   * @param otherwise how the wait ends when another node leads
   */
  WhileItLeads(TransactionContext context, NodeId leader, LockClient client, ErrorCode otherwise) {
    this.context = context;
    this.leader = leader;
    this.client = client;
    this.otherwise = otherwise;
  }

  @Override
  public Waiter waiter() {
    return client.waiter();
  }

  @Override
  public void checkWait() {
    client.checkWait();
    boolean leads = context.system().group().leader().map(leader::equals).orElse(true);
    long now = context.clock.nanoTime();
    if (leads) {
      over = false;
    } else if (!over) {
      over = true;
      overSinceNanos = now;
    } else if (now - overSinceNanos >= GRACE_NANOS) {
      throw new DistDbException(
          otherwise, "node " + leader + ", which was asked, no longer leads the shard");
    }
  }
}
