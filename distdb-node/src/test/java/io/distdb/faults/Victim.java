// SPDX-License-Identifier: MIT
package io.distdb.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A {@link FaultyProcess} as the test sees it. Used by one thread. */
final class Victim implements AutoCloseable {
  static final String STORAGE = System.getProperty("distdb.test.storage", "memory");
  private static final long PATIENCE_SECONDS = 90;

  private final Process process;
  private final Writer commands;
  private final Thread reader;
  private final Ledger ledger;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  /** The first message of each SQLSTATE that a writer got. */
  final Map<String, String> errors = new ConcurrentHashMap<>();

  /** How often the group of its shard stalled. */
  final AtomicInteger stalls = new AtomicInteger();

  private Victim(Process process, Ledger ledger) {
    this.process = process;
    this.ledger = ledger;
    commands = process.outputWriter();
    reader = Thread.ofPlatform().daemon().start(this::read);
  }

  static Victim start(Path directory, Ledger ledger, Map<String, String> environment) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), FaultyProcess.class.getName()));
    command.addAll(List.of(directory.toString(), STORAGE));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      return new Victim(builder.start(), ledger);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Starts one that opens, or fails the test. */
  static Victim open(Path directory, Ledger ledger) {
    Victim victim = start(directory, ledger, Map.of());
    assertThat(victim.opened()).isEqualTo("= open");
    return victim;
  }

  long pid() {
    return process.pid();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(line);
      }
    } catch (IOException ended) {
      answers.add("! the process ended: " + ended.getMessage());
    }
    answers.add("! the process ended");
  }

  private void take(String line) {
    String[] words = line.split(" ", 4);
    switch (words[0]) {
      case "+" -> ledger.acknowledged(Long.parseLong(words[1]));
      case "-" -> {
        // First what says why: whoever waits for the refusal looks for it.
        errors.putIfAbsent(words[2], words[3]);
        ledger.failed(Long.parseLong(words[1]), words[2]);
      }
      case "=", "!" -> answers.add(line);
      default -> {
        // What is logged, or printed by a library.
        if (line.contains("applies nothing until there is room")) {
          stalls.incrementAndGet();
        }
      }
    }
  }

  /** {@code "= open"}, or the error with which opening was refused. */
  String opened() {
    return nextAnswer();
  }

  private String nextAnswer() {
    try {
      String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(answer).as("an answer within %d seconds", PATIENCE_SECONDS).isNotNull();
      return answer;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** What the process answers to a command. */
  String ask(String command) {
    tell(command);
    return nextAnswer();
  }

  /** A command whose answer is taken later, or never. */
  void tell(String command) {
    try {
      commands.write(command + "\n");
      commands.flush();
    } catch (IOException ended) {
      throw new UncheckedIOException(ended);
    }
  }

  String later() {
    return nextAnswer();
  }

  /** Whether there are answers that were not taken. */
  boolean hasAnswered() {
    return !answers.isEmpty();
  }

  long number(String query) {
    String answer = ask(query);
    assertThat(answer).as(query).startsWith("= ");
    return Long.parseLong(answer.substring(2));
  }

  /** Waits until something holds that the process brings about. */
  void await(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting for %s; %s", what, errors).isLessThan(end);
      assertThat(process.isAlive()).as("the process lives, waiting for %s", what).isTrue();
      LockSupport.parkNanos(1_000_000);
    }
  }

  void awaitAcknowledged(long more) {
    long wanted = ledger.acknowledgements.get() + more;
    await(more + " more rows", () -> ledger.acknowledgements.get() >= wanted);
  }

  void awaitRefused(long more) {
    long wanted = ledger.refusals.get() + more;
    await(more + " more refusals", () -> ledger.refusals.get() >= wanted);
  }

  /** Until each writer of a {@code load} was refused: what it was told before that is known. */
  void awaitRefusedOfEach(int writers) {
    long[] before = new long[writers];
    for (int writer = 0; writer < writers; writer++) {
      before[writer] = ledger.refusalsOf(writer);
    }
    for (int writer = 0; writer < writers; writer++) {
      int number = writer;
      await("a refusal of writer " + writer, () -> ledger.refusalsOf(number) > before[number]);
    }
  }

  void awaitRefusedOrAcknowledged(long more) {
    long wanted = ledger.refusals.get() + ledger.acknowledgements.get() + more;
    await(
        more + " more answers",
        () -> ledger.refusals.get() + ledger.acknowledgements.get() >= wanted);
  }

  /** Sends a command again while the disk is still said to be full. */
  void awaitTaken(String command) {
    await(command, () -> !ask(command).startsWith("! 53100"));
  }

  /** Kill -9; everything it said has been taken up afterwards. */
  void kill() {
    process.toHandle().destroyForcibly();
    ended();
  }

  private void ended() {
    try {
      process.waitFor();
      reader.join();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
