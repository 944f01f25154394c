// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import java.util.List;

/**
 * What a node says of itself after it ran, for EXPLAIN ANALYZE.
 *
 * @param text a line below the node, as PostgreSQL has it
 * @param entries the same in JSON
 */
public record NodeNote(String text, List<Entry> entries) {
  private static final int KILOBYTE = 1024;

  /**
   * A member of a node's object.
   *
   * @param value a text, or a whole number
   */
  public record Entry(String key, Object value) {
    public Entry {
      if (!(value instanceof String || value instanceof Long)) {
        throw new IllegalArgumentException("neither a text nor a number: " + value);
      }
    }
  }

  public NodeNote {
    entries = List.copyOf(entries);
  }

  /**
   * Of a sort.
   *
   * @param where "Memory" or "Disk"
   */
  public static NodeNote sort(String method, String where, long bytes) {
    long kilobytes = kilobytes(bytes);
    return new NodeNote(
        "Sort Method: " + method + "  " + where + ": " + kilobytes + "kB",
        List.of(
            new Entry("Sort Method", method),
            new Entry("Sort Space Used", kilobytes),
            new Entry("Sort Space Type", where)));
  }

  /**
   * Of a hash table.
   *
   * @param batchesKey how JSON calls {@code batches}
   * @param batches parts in which the rows were taken in; one when all found room
   */
  public static NodeNote hash(String batchesKey, long batches, long peakBytes, long diskBytes) {
    String disk = diskBytes == 0 ? "" : "  Disk Usage: " + kilobytes(diskBytes) + "kB";
    return new NodeNote(
        "Batches: " + batches + "  Memory Usage: " + kilobytes(peakBytes) + "kB" + disk,
        List.of(
            new Entry(batchesKey, batches),
            new Entry("Peak Memory Usage", kilobytes(peakBytes)),
            new Entry("Disk Usage", kilobytes(diskBytes))));
  }

  /** Rounded up. */
  public static long kilobytes(long bytes) {
    return (bytes + KILOBYTE - 1) / KILOBYTE;
  }
}
