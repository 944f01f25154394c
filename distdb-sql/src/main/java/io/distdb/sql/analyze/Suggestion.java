// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.parse.EditDistance;
import java.util.Collection;
import java.util.Optional;

/** What someone may have meant. */
final class Suggestion {
  private Suggestion() {}

  /** The candidate nearest to {@code written}, the first of equals, if one is near at all. */
  static Optional<String> nearest(String written, Collection<String> candidates) {
    String nearest = null;
    int best = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int distance = EditDistance.between(candidate, written);
      if (distance < best && EditDistance.isNear(distance, candidate)) {
        best = distance;
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }
}
