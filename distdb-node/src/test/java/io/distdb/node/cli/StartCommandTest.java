// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./distdb start}: what it refuses, and how it ends. */
final class StartCommandTest {
  @TempDir private Path directory;

  private Answer withFile(String settings) throws IOException {
    Path file = Files.writeString(directory.resolve("distdb.yaml"), settings);
    return Answer.to("start", "--config", file.toString(), "--sql-port", "0");
  }

  private static void isRefused(Answer answer, String... says) {
    assertThat(answer.err()).contains(says).doesNotContain("Exception", "\tat ");
    assertThat(answer.out()).isEmpty();
    assertThat(answer.code()).isEqualTo(1);
  }

  @Test
  void aPortOutOfRangeIsNamedWithItsLimit() {
    for (String port : List.of("65536", "-1")) {
      isRefused(
          Answer.to("start", "--sql-port", port),
          "sql_port: " + port + " (command line): accepted: a port from 1 to 65535");
    }
  }

  @Test
  void aPortInUseIsNamedWithItsSetting() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      isRefused(
          Answer.to("start", "--sql-port", Integer.toString(port)),
          "cannot listen at 127.0.0.1:" + port,
          "sql_port chooses another port");
    }
  }

  @Test
  void aFileThatIsADirectoryIsNoConfiguration() {
    isRefused(
        Answer.to("start", "--config", directory.toString()),
        directory + " is a directory, not a file");
  }

  @Test
  void aMissingCertificateIsNamed() throws IOException {
    Path missing = directory.resolve("missing.pem");
    isRefused(
        withFile("tls_mode: allow\ntls_certificate: " + missing + "\ntls_key: " + missing + "\n"),
        "there is no file " + missing,
        "tls_certificate and tls_key name PEM files");
  }

  @Test
  void aCertificateThatIsNoneIsNamedWithWhatIsAccepted() throws IOException {
    Path text = Files.writeString(directory.resolve("text.pem"), "no certificate\n");
    isRefused(
        withFile("tls_mode: allow\ntls_certificate: " + text + "\ntls_key: " + text + "\n"),
        "the certificate " + text,
        "PKCS#8");
  }

  @Test
  void everybodyIsLetInAtLoopbackAddressesOnly() throws IOException {
    isRefused(withFile("host: 0.0.0.0\nauth_method: trust\n"), "not for 0.0.0.0", "127.0.0.1");
  }

  /** A real process: the code is what a supervisor of services sees. */
  @Test
  void aSignalEndsItWithExitCodeZero() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "start",
                "--sql-port",
                "0")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.contains("The data are in memory")) {
        if (line.contains("NOTICE")) {
          assertThat(line).contains("nobody can log in", "DISTDB_AUTH_PASSWORD");
        }
        line = lines.readLine();
      }
      assertThat(line).contains("--data DIR keeps them");
      process.destroy();
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
