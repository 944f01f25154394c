// SPDX-License-Identifier: MIT
package io.distdb.bench.rocksdb;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured: of each case, each side's figure of every round. */
final class Measured {
  private final Map<Case, Map<String, List<Double>>> figures = new LinkedHashMap<>();

  /** The cases of the table, with the ratio that is wanted and what is forced when. */
  enum Case {
    LOAD("load in batches of 1,000, rows/s", 0.6, "neither forces; flushed at the end"),
    GET("get, random, /s", 0.7, ""),
    RANGE("range of 100, random, /s", 0.6, ""),
    FORCED("batch of 100, forced, /s", 0.8, "journal forced; `setSync(true)`"),
    COMMITS(
        "durable INSERT of 64 threads, /s",
        1.5,
        "`durability: sync`; put with `setSync(true)`, no SQL"),
    BACKUP(
        "durable INSERT of 16 threads during backups, /s",
        0.8,
        "`durability: sync`; each backup is forced"),
    SELECT("SELECT by key, prepared, /s", 1.0, ""),
    BYTES("bytes on disk per row, journal apart", 1.0, ""),
    OPEN("open after SIGKILL, RocksDB engine, s", 1.0, "`sync`; WAL, `synchronous=FULL`"),
    OPEN_MEMORY("open after SIGKILL, in-memory engine, s", 1.0, "`none`: all is in the journal");

    private final String text;
    private final double goal;
    private final String durability;

    Case(String text, double goal, String durability) {
      this.text = text;
      this.goal = goal;
      this.durability = durability;
    }

    private boolean isLessBetter() {
      return this == BYTES || this == OPEN || this == OPEN_MEMORY;
    }
  }

  void add(Case what, String side, double value) {
    figures
        .computeIfAbsent(what, key -> new LinkedHashMap<>())
        .computeIfAbsent(side, key -> new ArrayList<>())
        .add(value);
  }

  void print(PrintStream out) {
    out.println("| case | side | median | least | most | to the other | goal | durability |");
    out.println("|---|---|---:|---:|---:|---:|---:|---|");
    figures.forEach((what, sides) ->
        sides.forEach((side, values) ->
            out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s |%n",
                what.text,
                side,
                number(median(values)),
                number(Collections.min(values)),
                number(Collections.max(values)),
                side.startsWith("DistDB") ? ratio(what, sides, side) : " | | ")));
  }

  private static String ratio(Case what, Map<String, List<Double>> sides, String side) {
    double own = median(sides.get(side));
    String ratio =
        sides.entrySet().stream()
            .filter(entry -> !entry.getKey().startsWith("DistDB"))
            .map(entry -> String.format(Locale.ROOT, "**%.2fx**", own / median(entry.getValue())))
            .findFirst()
            .orElse("");
    String goal =
        what == Case.OPEN_MEMORY
            ? "at most 1.2 s"
            : (what.isLessBetter() ? "at most " : "at least ") + what.goal + "x";
    return ratio + " | " + goal + " | " + what.durability;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.3f" : "%,.0f", value);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
