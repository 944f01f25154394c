// SPDX-License-Identifier: MIT
package io.distdb.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A program that only embeds needs these libraries, and no others. */
final class EmbeddedClassPathTest {
  private static final List<String> NEEDED =
      List.of(
          "distdb-node",
          "distdb-api",
          "distdb-sql",
          "distdb-storage-memory",
          "distdb-raft",
          "distdb-sharding",
          "slf4j-api",
          "guice",
          "guava",
          "failureaccess",
          "jakarta.inject-api",
          "aopalliance",
          "antlr4-runtime",
          "lz4-java");

  private static boolean isNeeded(String entry) {
    String name = Path.of(entry).getFileName().toString();
    return entry.contains("test-classes")
        || NEEDED.stream().anyMatch(needed -> name.matches(needed + "-[0-9].*\\.jar"))
        || NEEDED.stream().anyMatch(needed -> entry.matches(".*/" + needed + "/target/classes"));
  }

  @Test
  void aSmallProgramRunsWithThem() throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(EmbeddedClassPathTest::isNeeded)
            .collect(Collectors.joining(File.pathSeparator));
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                Program.class.getName())
            .redirectErrorStream(true)
            .start();
    String output;
    try (var reader = program.inputReader()) {
      output = reader.lines().collect(Collectors.joining("\n"));
    }
    assertThat(program.waitFor()).as(output).isZero();
    assertThat(output.lines().filter(line -> !line.startsWith("SLF4J")))
        .as("nothing but its own answer, no warning of the JVM either")
        .containsExactly("lamp");
  }

  /** The small program. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      try (Client client = Client.open()) {
        client.execute("CREATE TABLE product (id BIGINT PRIMARY KEY, name TEXT NOT NULL)");
        client.execute("INSERT INTO product VALUES ($1, $2)", 1, "lamp");
        client
            .query("SELECT name FROM product WHERE id = $1", 1)
            .forEach(row -> System.out.println(row.getString("name")));
      }
    }
  }
}
