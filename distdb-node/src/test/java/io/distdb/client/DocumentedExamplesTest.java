// SPDX-License-Identifier: MIT
package io.distdb.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.node.config.Config;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java programs of README.md compile, run, and print what README.md says; its YAML is read. */
final class DocumentedExamplesTest {
  private static final Pattern PROGRAM =
      Pattern.compile(
          "```java\\n(.*?class (\\w+).*?)```\\n\\nIt prints\\n\\n```\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path directory;

  @Test
  void everyProgramPrintsWhatIsWritten() throws Exception {
    String text = Files.readString(Path.of("..", "README.md"));
    List<MatchResult> programs = PROGRAM.matcher(text).results().toList();
    // Parts of tests begin otherwise; TicketsTest of distdb-testcluster has those.
    int blocks = text.split("```java\\nimport ", -1).length - 1;
    assertThat(programs).as("every Java program says what it prints").hasSize(blocks);
    assertThat(programs).isNotEmpty();
    for (MatchResult program : programs) {
      assertThat(run(program.group(2), program.group(1))).isEqualTo(program.group(3));
    }
  }

  @Test
  void everySettingsFileIsRead() throws IOException {
    String text = Files.readString(Path.of("..", "README.md"));
    List<MatchResult> files =
        Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL).matcher(text).results().toList();
    assertThat(files).isNotEmpty();
    for (MatchResult settings : files) {
      Path file = Files.writeString(directory.resolve("distdb.yaml"), settings.group(1));
      Config config =
          Config.read(
              Optional.of(file),
              Map.of(),
              Map.of(
                  "data_dir", directory.resolve("data").toString(),
                  "wal_dir", directory.resolve("wal").toString()));
      Client.open(config).close();
    }
  }

  private String run(String name, String source) throws IOException, InterruptedException {
    Path file = directory.resolve(name + ".java");
    Files.writeString(file, source);
    String classPath = System.getProperty("java.class.path");
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                classPath,
                "-d",
                directory.toString(),
                file.toString());
    assertThat(compiled).as("javac of " + name).isZero();
    String absolute =
        Arrays.stream(classPath.split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                directory + File.pathSeparator + absolute,
                name)
            .directory(directory.toFile())
            .redirectError(directory.resolve(name + ".err").toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(Files.readString(directory.resolve(name + ".err"))).isZero();
    return output
        .lines()
        .filter(line -> !line.contains("io.distdb") && !line.contains("logback"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
