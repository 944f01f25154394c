// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The parent's side of a {@link ContenderProcess}, or of any other main class. */
public final class Child implements AutoCloseable {
  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter commands;

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
    answers = process.inputReader(StandardCharsets.UTF_8);
    commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  /** Starts {@code main} with this JVM's own java and class path, and these flags. */
  public static Child start(String name, List<String> flags, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(
        List.of(
            "-Dlogback.configurationFile=io/distdb/node/cli/logback.xml",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+IgnoreUnrecognizedVMOptions"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new Child(name, process);
  }

  /** The next line the child prints. */
  public String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IllegalStateException(name + " ended; its error output says why");
    }
    return line;
  }

  String ask(String command) throws IOException {
    commands.println(command);
    return answer();
  }

  /** Runs a case; operations a second. */
  double rate(ContenderProcess.Case what, int threads, long millis) throws IOException {
    String[] words = ask("run " + what + " " + threads + " " + millis).split(" ");
    return Long.parseLong(words[0]) * 1e9 / Long.parseLong(words[1]);
  }

  long processorNanos() {
    return process.info().totalCpuDuration().orElseThrow().toNanos();
  }

  /** SIGKILL; returns when the process is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws Exception {
    commands.println("exit");
    process.waitFor();
  }
}
