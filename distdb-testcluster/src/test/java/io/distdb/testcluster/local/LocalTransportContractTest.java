// SPDX-License-Identifier: MIT
package io.distdb.testcluster.local;

import io.distdb.api.NodeId;
import io.distdb.api.time.Scheduler;
import io.distdb.api.transport.Transport;
import io.distdb.testkit.transport.TransportContract;

final class LocalTransportContractTest extends TransportContract {
  @Override
  protected void run(Body body) {
    LocalNetwork network = new LocalNetwork();
    Scheduler scheduler = new GatedScheduler(new Gate("a node"));
    try (Transport one = network.join(new NodeId("one"), scheduler);
        Transport other = network.join(new NodeId("other"), scheduler)) {
      body.run(one, other, scheduler);
    }
  }
}
