// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The transcripts of {@code src/test/resources/raft}: one for each rule of the paper and each kind
 * of bug. {@code -Ddistdb.transcripts.write=true} writes down what happens, to be read and judged.
 */
final class ScenarioTest {
  private static final Path DIRECTORY = Path.of("src/test/resources/raft");

  @TestFactory
  Stream<DynamicTest> everyTranscriptIsWhatHappens() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.sorted().toList().stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }
  }

  private static void check(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      List<String> now = Transcript.run(lines);
      if (Boolean.parseBoolean(System.getProperty("distdb.transcripts.write", "false"))) {
        Files.write(file, now);
      }
      assertThat(String.join("\n", now)).isEqualTo(String.join("\n", lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
