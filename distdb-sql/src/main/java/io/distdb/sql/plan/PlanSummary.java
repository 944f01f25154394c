// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What EXPLAIN tells of the statement as a whole; what is absent is not told.
 *
 * @param planningMillis how long planning took
 * @param runningMillis how long it ran
 * @param peakBytes the most that its operators held at one time
 * @param notes what is unusual about its run
 */
public record PlanSummary(
    OptionalDouble planningMillis,
    OptionalDouble runningMillis,
    OptionalLong peakBytes,
    List<Note> notes) {
  /** Something under a name such as {@code Read Mode}. */
  public record Note(String name, String value) {}

  private static final int KIBIBYTE = 1024;

  /** Nothing. */
  public static final PlanSummary NONE =
      new PlanSummary(
          OptionalDouble.empty(), OptionalDouble.empty(), OptionalLong.empty(), List.of());

  public PlanSummary {
    notes = List.copyOf(notes);
  }

  /** As they stand below the plan. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    planningMillis.ifPresent(millis -> lines.add(time("Planning Time", millis)));
    peakBytes.ifPresent(bytes -> lines.add("Peak Memory Usage: " + kibibytes(bytes) + "kB"));
    notes.forEach(note -> lines.add(note.name() + ": " + note.value()));
    runningMillis.ifPresent(millis -> lines.add(time("Execution Time", millis)));
    return lines;
  }

  void write(JsonText json) {
    planningMillis.ifPresent(millis -> json.decimal("Planning Time", millis, 3));
    peakBytes.ifPresent(bytes -> json.whole("Peak Memory Usage", kibibytes(bytes)));
    notes.forEach(note -> json.string(note.name(), note.value()));
    runningMillis.ifPresent(millis -> json.decimal("Execution Time", millis, 3));
  }

  private static String time(String what, double millis) {
    return String.format(Locale.ROOT, "%s: %.3f ms", what, millis);
  }

  /** Rounded up. */
  private static long kibibytes(long bytes) {
    return (bytes + KIBIBYTE - 1) / KIBIBYTE;
  }
}
