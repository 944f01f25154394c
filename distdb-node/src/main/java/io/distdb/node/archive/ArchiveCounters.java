// SPDX-License-Identifier: MIT
package io.distdb.node.archive;

import io.distdb.api.metrics.Metric;
import java.util.List;
import java.util.Optional;

/** What an {@link Archiver} has done. Changed by its thread; read by any. */
public final class ArchiveCounters {
  private volatile long files;
  private volatile long bytes;
  private volatile long entries;
  private volatile long archivedThrough;
  private volatile long failures;
  private volatile Optional<String> lastFailure = Optional.empty();

  void archivedThrough(long index) {
    archivedThrough = index;
  }

  void archived(LogFileReader.Content file) {
    files++;
    bytes += file.bytes();
    entries += file.entries();
    archivedThrough = file.last().index();
  }

  /** True when it had failed before. */
  boolean succeeded() {
    boolean failed = lastFailure.isPresent();
    lastFailure = Optional.empty();
    return failed;
  }

  /** True when it is another failure than the last one. */
  boolean failed(String why) {
    failures++;
    boolean news = !lastFailure.equals(Optional.of(why));
    lastFailure = Optional.of(why);
    return news;
  }

  /** Written since the start. */
  public long files() {
    return files;
  }

  /** Of those files. */
  public long bytes() {
    return bytes;
  }

  /** In those files. */
  public long entries() {
    return entries;
  }

  /** The last index that is in the archive. */
  public long archivedThrough() {
    return archivedThrough;
  }

  /** Attempts that failed. */
  public long failures() {
    return failures;
  }

  /** Why the last attempt failed; empty when it did not. */
  public Optional<String> lastFailure() {
    return lastFailure;
  }

  List<Metric> metrics() {
    return List.of(
        Metric.counter("archive.files", "files", "Log files written to the archive.", this::files),
        Metric.counter("archive.bytes", "bytes", "Bytes of those files.", this::bytes),
        Metric.counter("archive.entries", "entries", "Log entries in them.", this::entries),
        Metric.counter(
            "archive.failures", "attempts", "Attempts to archive that failed.", this::failures),
        Metric.gauge(
            "archive.failing",
            "failures",
            "1 while the last attempt to archive failed, else 0.",
            () -> lastFailure.isPresent() ? 1 : 0),
        Metric.gauge(
            "archive.index",
            "entries",
            "The last log index that is in the archive.",
            this::archivedThrough));
  }
}
