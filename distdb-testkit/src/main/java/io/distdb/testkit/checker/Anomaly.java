// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import java.util.Objects;

/**
 * One thing that is wrong.
 *
 * @param explanation names the operations that prove it
 */
public record Anomaly(AnomalyKind kind, String explanation) {
  public Anomaly {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(explanation, "explanation");
  }
}
