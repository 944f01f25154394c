// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SecondJvmTest {
  private static final int SEEDS = 30;

  @Test
  void theSameSeedGivesTheSameHashInAnotherJvm() throws IOException, InterruptedException {
    List<String> expected =
        LongStream.range(0, SEEDS).mapToObj(SampleSimulation::run).map(Long::toHexString).toList();
    assertThat(hashesOfAnotherJvm()).isEqualTo(expected);
  }

  private static List<String> hashesOfAnotherJvm() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Another layout of memory and another schedule of the real threads.
    command.addAll(
        List.of("-Xint", "-XX:+UseSerialGC", "-Djdk.virtualThreadScheduler.parallelism=4"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(HashProgram.class.getName());
    LongStream.range(0, SEEDS).mapToObj(Long::toString).forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var output = process.inputReader()) {
      List<String> lines = output.lines().toList();
      assertThat(process.waitFor()).as("output: %s", lines).isZero();
      return lines;
    }
  }
}
