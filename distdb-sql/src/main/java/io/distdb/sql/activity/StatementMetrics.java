// SPDX-License-Identifier: MIT
package io.distdb.sql.activity;

import io.distdb.api.error.ErrorCode;
import io.distdb.api.metrics.Metered;
import io.distdb.api.metrics.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the statements of all databases took whose time is measured, by kind; and errors by the
 * class of their SQLSTATE. Thread-safe; a statement costs three additions and no garbage.
 */
public final class StatementMetrics implements Metered {
  /** What statements do. */
  public enum Kind {
    SELECT,
    INSERT,
    UPDATE,
    DELETE,
    COPY,
    DEFINITION,
    TRANSACTION,
    OTHER
  }

  /** Upper bounds of the buckets but the last, in nanoseconds: from 64 us, doubled each time. */
  private static final int FIRST_BITS = 16;

  private static final int BUCKETS = 20;
  private static final Kind[] KINDS = Kind.values();

  private final AtomicLongArray kinds = new AtomicLongArray(KINDS.length);
  private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);
  private final LongAdder nanos = new LongAdder();
  private final Map<String, LongAdder> errors = classes();

  public void add(Kind kind, long taken) {
    kinds.getAndIncrement(kind.ordinal());
    int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(taken, 1) - 1);
    buckets.getAndIncrement(Math.min(Math.max(bits - FIRST_BITS, 0), BUCKETS - 1));
    nanos.add(taken);
  }

  public void error(ErrorCode code) {
    errors.get(className(code)).increment();
  }

  private static String className(ErrorCode code) {
    return code.sqlState().substring(0, 2).toLowerCase(Locale.ROOT);
  }

  private static Map<String, LongAdder> classes() {
    Map<String, LongAdder> classes = new TreeMap<>();
    for (ErrorCode code : ErrorCode.values()) {
      classes.putIfAbsent(className(code), new LongAdder());
    }
    return Collections.unmodifiableMap(classes);
  }

  @Override
  public List<Metric> metrics() {
    List<Metric> all = new ArrayList<>();
    for (Kind kind : KINDS) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      all.add(
          Metric.counter(
              "statements." + name,
              "statements",
              "Statements of this kind of sessions that are measured.",
              () -> kinds.get(kind.ordinal())));
    }
    all.add(Metric.seconds("statements.time", "Time that these statements took.", nanos::sum));
    errors.forEach((name, count) ->
        all.add(
            Metric.counter(
                "errors.class_" + name,
                "errors",
                "Statements that failed with an SQLSTATE of this class.",
                count::sum)));
    return all;
  }

  /** A histogram of statement times, each bucket with those below it. */
  public record Histogram(List<Bucket> buckets, double sumSeconds) {
    /**
     * @param seconds at most; infinity for the last
     */
    public record Bucket(double seconds, long count) {}
  }

  public Histogram histogram() {
    List<Histogram.Bucket> counted = new ArrayList<>();
    long count = 0;
    for (int i = 0; i < BUCKETS; i++) {
      count += buckets.get(i);
      double seconds = i == BUCKETS - 1 ? Double.POSITIVE_INFINITY : (1L << FIRST_BITS + i) / 1e9;
      counted.add(new Histogram.Bucket(seconds, count));
    }
    return new Histogram(counted, nanos.sum() / 1e9);
  }
}
