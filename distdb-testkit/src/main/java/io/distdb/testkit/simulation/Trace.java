// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened, as a running 64-bit hash and the last events in words. Equal runs have equal
 * hashes in every JVM: only names and numbers go in. With the system property {@value
 * #FILE_PROPERTY} every event is also written to that file, so that two runs can be compared with
 * diff.
 *
 * <p>Not thread-safe: whoever holds the baton adds.
 */
public final class Trace {
  static final String FILE_PROPERTY = "distdb.trace";

  private static final int RECENT_EVENTS = 200;
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final String[] kinds = new String[RECENT_EVENTS];
  private final String[] subjects = new String[RECENT_EVENTS];
  private final long[] numbers = new long[RECENT_EVENTS * 3];
  private final PrintWriter file;
  private long hash = 0x243F6A8885A308D3L;
  private long events;

  Trace() {
    String name = System.getProperty(FILE_PROPERTY);
    try {
      file = name == null ? null : new PrintWriter(Files.newBufferedWriter(Path.of(name)));
    } catch (IOException error) {
      throw new UncheckedIOException("cannot write the trace to " + name, error);
    }
  }

  /**
   * Adds an event.
   *
   * @param kind what sort of thing, such as "run" or "WRITE"
   * @param subject who or what, such as a thread's or a file's name
   */
  public void add(long nowNanos, String kind, String subject, long first, long second) {
    mix(nowNanos);
    mix(kind);
    mix(subject);
    mix(first);
    mix(second);
    int slot = (int) (events++ % RECENT_EVENTS);
    kinds[slot] = kind;
    subjects[slot] = subject;
    numbers[slot * 3] = nowNanos;
    numbers[slot * 3 + 1] = first;
    numbers[slot * 3 + 2] = second;
    if (file != null) {
      file.println(line(slot));
    }
  }

  /** The hash of everything so far. */
  public long hash() {
    return hash;
  }

  public long events() {
    return events;
  }

  /** The last events, oldest first, one a line. */
  public List<String> recent() {
    List<String> lines = new ArrayList<>();
    for (long event = Math.max(0, events - RECENT_EVENTS); event < events; event++) {
      lines.add(line((int) (event % RECENT_EVENTS)));
    }
    return lines;
  }

  void close() {
    if (file != null) {
      file.close();
    }
  }

  private String line(int slot) {
    return numbers[slot * 3]
        + " "
        + kinds[slot]
        + " "
        + subjects[slot]
        + " "
        + numbers[slot * 3 + 1]
        + " "
        + numbers[slot * 3 + 2];
  }

  private void mix(String text) {
    mix(text.length());
    for (int i = 0; i < text.length(); i++) {
      mix(text.charAt(i));
    }
  }

  private void mix(long value) {
    hash = Long.rotateLeft(hash ^ value, 29) * PRIME;
    hash ^= hash >>> 32;
  }
}
