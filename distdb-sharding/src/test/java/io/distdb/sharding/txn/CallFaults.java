// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What nodes tell each other and a test keeps back, for ever or for a time. Thread-safe. */
final class CallFaults {
  private final Set<String> services = new HashSet<>();
  private final List<Runnable> kept = new ArrayList<>();

  /** From now on nobody hears what is told to {@code service}. */
  synchronized void keepBack(String service) {
    services.add(service);
  }

  synchronized boolean keepBack(String service, Runnable hear) {
    return services.contains(service) && kept.add(hear);
  }

  /** What was kept back is heard now, by this thread. */
  void letThrough() {
    List<Runnable> all;
    synchronized (this) {
      services.clear();
      all = List.copyOf(kept);
      kept.clear();
    }
    all.forEach(Runnable::run);
  }
}
