// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import java.time.Instant;

/** Microseconds since 1970 as java.time's moments. */
final class Instants {
  private Instants() {}

  static Instant of(long utc) {
    return Instant.ofEpochSecond(
        Math.floorDiv(utc, Times.SECOND), Math.floorMod(utc, Times.SECOND) * 1_000);
  }
}
