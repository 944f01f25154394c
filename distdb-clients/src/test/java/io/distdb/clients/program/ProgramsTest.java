// SPDX-License-Identifier: MIT
package io.distdb.clients.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.distdb.node.config.Config;
import io.distdb.node.pgwire.ServerOptions;
import io.distdb.node.wiring.ServedNode;
import io.distdb.node.wiring.Surroundings;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** psql and pgbench, where they are installed; {@code clients/run} runs the same for longer. */
final class ProgramsTest {
  private static final Path SCRIPTS = Path.of("..", "clients").toAbsolutePath().normalize();

  @TempDir private Path work;
  private ServedNode node;

  @BeforeEach
  void start() {
    Config config = Config.inMemory();
    node =
        ServedNode.start(
            config,
            ServerOptions.at(new InetSocketAddress("127.0.0.1", 0), true),
            Surroundings.system(config));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void psqlDescribesCopiesAndRunsChinook() throws IOException, InterruptedException {
    assumeThat(isInstalled("psql")).isTrue();
    String lines = run("psql.sh", Map.of());
    assertThat(lines).contains("ok: \\d table\n").contains("ok: an error shows its place\n");
  }

  @Test
  void pgbenchFailsNoTransactionAndItsBalancesAgree() throws IOException, InterruptedException {
    assumeThat(isInstalled("pgbench") && isInstalled("psql")).isTrue();
    String lines =
        run(
            "pgbench.sh",
            Map.of("QUICK", "1", "PGBENCH_CLIENTS", "4", "PGBENCH_TRANSACTIONS", "200"));
    assertThat(lines)
        .contains("ok: branches and tellers agree\n")
        .contains("ok: accounts and history agree\n");
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** The lines of a script that found nothing wrong. */
  private String run(String script, Map<String, String> settings)
      throws IOException, InterruptedException {
    Path output = work.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder("bash", SCRIPTS.resolve(script).toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("PGHOST", "127.0.0.1");
    environment.put("PGPORT", Integer.toString(node.sqlAddress().getPort()));
    environment.put("PGUSER", "tester");
    environment.put("PGDATABASE", "postgres");
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("work", work.toString());
    environment.put("data", SCRIPTS.resolve("../../shared/data").normalize().toString());
    environment.putAll(settings);
    Process process = builder.start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroyForcibly();
    String lines = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as("ended in ten minutes: %s", lines).isTrue();
    assertThat(lines).doesNotContain("FAILED");
    assertThat(process.exitValue()).as(lines).isZero();
    return lines;
  }
}
