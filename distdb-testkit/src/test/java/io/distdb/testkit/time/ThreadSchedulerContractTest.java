// SPDX-License-Identifier: MIT
package io.distdb.testkit.time;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;

class ThreadSchedulerContractTest extends SchedulerContract {
  @Override
  protected void run(Body body) {
    body.run(Scheduler.threads(), Clock.system());
  }
}
