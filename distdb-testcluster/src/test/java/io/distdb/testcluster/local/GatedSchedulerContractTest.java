// SPDX-License-Identifier: MIT
package io.distdb.testcluster.local;

import io.distdb.testkit.time.SchedulerContract;
import java.util.concurrent.atomic.AtomicLong;

final class GatedSchedulerContractTest extends SchedulerContract {
  @Override
  protected void run(Body body) {
    Gate gate = new Gate("a node");
    body.run(new GatedScheduler(gate), new NodeClock(gate, new AtomicLong()));
  }
}
