// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import io.distdb.api.journal.Durability;
import io.distdb.client.Client;
import io.distdb.client.Result;
import io.distdb.node.config.Config;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** The child of {@link OpenBench}: {@code load}, {@code open} or {@code idle}. */
public final class OpenProcess {
  private static final int WARM_OPENINGS = 20;

  private OpenProcess() {}

  /** Arguments: what to do, directory, rows. Waits for a line of input, or to be killed. */
  public static void main(String[] arguments) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    Path directory = Path.of(arguments[1]).resolve("distdb");
    switch (arguments[0]) {
      case "load" -> load(directory, Long.parseLong(arguments[2]), answers);
      case "open" -> open(directory, answers);
      case "idle" -> idle(answers);
      default -> throw new IllegalArgumentException("no task is called " + arguments[0]);
    }
  }

  /** One row, one commit, so that the journal has as many entries as rows. */
  private static void load(Path directory, long rows, PrintStream answers) throws IOException {
    Config config = Config.at(directory).withDurability(Durability.NONE);
    try (Client client = Client.open(config)) {
      DistDbContender.createTable(client);
      for (long id = 0; id < rows; id++) {
        DistDbContender.load(client, id, id + 1);
      }
      answers.println("loaded");
      waitForInput(answers, "");
    }
  }

  private static void open(Path directory, PrintStream answers) throws IOException {
    long began = System.nanoTime();
    try (Client client = Client.open(directory)) {
      try (Result first = client.query("SELECT id FROM item WHERE id = 1")) {
        if (!first.next()) {
          throw new IllegalStateException("row 1 is gone");
        }
      }
      long nanos = System.nanoTime() - began;
      answers.println(nanos + " " + OpenBench.count(client));
      waitForInput(answers, "");
    }
  }

  private static void idle(PrintStream answers) throws IOException {
    long[] millis = new long[WARM_OPENINGS];
    for (int i = 0; i < WARM_OPENINGS; i++) {
      long began = System.nanoTime();
      try (Client client = Client.open();
          Result one = client.query("SELECT 1")) {
        one.next();
        millis[i] = (System.nanoTime() - began) / 1_000_000;
      }
    }
    Arrays.sort(millis);
    try (Client client = Client.open()) {
      client.execute("CREATE TABLE item (id BIGINT PRIMARY KEY)");
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      long used = runtime.totalMemory() - runtime.freeMemory();
      answers.println(millis[WARM_OPENINGS / 2] + " " + used);
      waitForInput(answers, "waited");
    }
  }

  /** {@code wait SECONDS} is answered when they have passed; anything else ends. */
  private static void waitForInput(PrintStream answers, String answer) throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ");
      if (!words[0].equals("wait")) {
        return;
      }
      try {
        Thread.sleep(Long.parseLong(words[1]) * 1_000);
      } catch (InterruptedException stop) {
        return;
      }
      answers.println(answer);
    }
  }
}
