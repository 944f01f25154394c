// SPDX-License-Identifier: MIT
package io.distdb.api.metrics;

import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * One number that a part keeps of itself. Reading it is cheap and may be done by any thread at any
 * time while the part is open; what is read may be a moment old.
 *
 * @param name lower-case words joined by dots, the part first, such as {@code journal.forces}. It
 *     is an interface: people draw graphs of it
 * @param description one sentence
 * @param unit what is counted, in the plural: {@code bytes}, {@code versions}, {@code seconds}
 */
public record Metric(
    String name, Kind kind, String unit, String description, DoubleSupplier value) {
  /** What happens to the number as time goes by. */
  public enum Kind {
    /** Only grows, from 0 at the start of the process. */
    COUNTER,
    /** Goes up and down. */
    GAUGE
  }

  public Metric {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(value, "value");
    if (!name.matches("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+")) {
      throw new IllegalArgumentException("\"" + name + "\" is not the name of a metric");
    }
    if (unit.isBlank() || description.isBlank()) {
      throw new IllegalArgumentException("metric " + name + " needs a unit and a description");
    }
  }

  public static Metric counter(String name, String unit, String description, LongSupplier value) {
    return new Metric(name, Kind.COUNTER, unit, description, value::getAsLong);
  }

  public static Metric gauge(String name, String unit, String description, LongSupplier value) {
    return new Metric(name, Kind.GAUGE, unit, description, value::getAsLong);
  }

  /** As {@link #counter}, of time: counted in nanoseconds, told in seconds. */
  public static Metric seconds(String name, String description, LongSupplier nanos) {
    return new Metric(
        name, Kind.COUNTER, "seconds", description, () -> nanos.getAsLong() / 1_000_000_000.0);
  }
}
