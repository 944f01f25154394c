// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long CREATE TABLE takes on an embedded database: many tables one after the other, in a JVM
 * that starts cold in each round. The first statement of a process loads classes and stands apart.
 */
public final class CreateTableBench {
  private static final List<String> FLAGS = List.of("-Xmx4g", "-XX:+UseParallelGC");
  private static final int TABLES = 300;

  /** What a child answers. */
  private static final List<String> FIGURES = List.of("first", "median", "99 %", "slowest");

  private final PrintStream out;
  private final int rounds;

  public CreateTableBench(PrintStream out, int rounds) {
    this.out = out;
    this.rounds = rounds;
  }

  /** Prints a line for each of {@link CreateTableProcess.Place}. */
  public void run() throws Exception {
    out.printf("%n### CREATE TABLE with a primary key, %d tables after the first, ms%n%n", TABLES);
    Map<CreateTableProcess.Place, double[][]> millis = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (CreateTableProcess.Place place : CreateTableProcess.Place.values()) {
        double[][] figures =
            millis.computeIfAbsent(place, key -> new double[FIGURES.size()][rounds]);
        String answer = measure(place);
        System.err.printf("round %d  CREATE TABLE  %-12s %s%n", round, place, answer);
        String[] words = answer.split(" ");
        for (int i = 0; i < figures.length; i++) {
          figures[i][round] = Long.parseLong(words[i]) / 1e6;
        }
      }
    }
    out.printf("| database | %s |%n|---|---:|---:|---:|---:|%n", String.join(" | ", FIGURES));
    millis.forEach(this::line);
  }

  private void line(CreateTableProcess.Place place, double[][] figures) {
    StringBuilder line = new StringBuilder("| ").append(place.title);
    for (double[] values : figures) {
      Sample sample = new Sample(values);
      line.append(
          String.format(
              Locale.ROOT, " | %.2f (%.2f–%.2f)", sample.median(), sample.least(), sample.most()));
    }
    out.println(line.append(" |"));
  }

  private static String measure(CreateTableProcess.Place place) throws Exception {
    Path directory = Files.createTempDirectory(Path.of("."), ".bench-create-");
    try (Child child =
        Child.start(
            place.title,
            FLAGS,
            CreateTableProcess.class,
            place.name(),
            directory.resolve("distdb").toString(),
            Integer.toString(TABLES))) {
      return child.answer();
    } finally {
      Directories.delete(directory);
    }
  }
}
