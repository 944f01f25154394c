// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * What a session's runs of changes leave for its next run of the same plan: vectors, frames and
 * writers, so that a cached point statement makes none of them anew.
 *
 * <p>A run takes its part out and puts it back at its end; one that fails does not, and the part is
 * garbage. What is kept holds no values of the statement before and room for a few rows only.
 * Belongs to one session; used by its thread.
 */
public final class KeptRuns {
  /** Rows that a kept part has room for at most. */
  static final int ROWS_MAX = Batch.ROWS_FIRST;

  /** When more plans have left something here, all is forgotten: stale plans go with it. */
  private static final int PLANS_MAX = 32;

  private final Map<Executable.Change, Object> parts = new IdentityHashMap<>();

  /** What was kept for {@code plan}, which is no longer here then; or null. */
  Object take(Executable.Change plan) {
    return parts.remove(plan);
  }

  void keep(Executable.Change plan, Object part) {
    if (parts.size() >= PLANS_MAX) {
      parts.clear();
    }
    parts.put(plan, part);
  }
}
