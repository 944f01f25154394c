// SPDX-License-Identifier: MIT
package io.distdb.testkit.time;

import io.distdb.api.time.Clock;

class SystemClockContractTest extends ClockContract {
  @Override
  protected Clock newClock() {
    return Clock.system();
  }
}
