// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import java.util.ArrayList;
import java.util.List;

/** What a statement of several changes does when all are made. Belongs to one run. */
final class StatementEnd {
  private final List<ReferenceEvents> events = new ArrayList<>();

  void add(ReferenceEvents ofOneChange) {
    events.add(ofOneChange);
  }

  /**
   * Follows and checks foreign keys.
   *
   * @throws io.distdb.api.error.DistDbException {@code FOREIGN_KEY_VIOLATION}
   */
  void finish() {
    events.forEach(ReferenceEvents::finish);
  }
}
