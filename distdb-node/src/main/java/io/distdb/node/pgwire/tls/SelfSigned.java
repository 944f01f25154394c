// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.tls;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * A certificate that the server makes for itself: it encrypts, and proves nothing to a client that
 * does not know it already. Made once by the {@code keytool} of the Java that runs, which is the
 * only maker of certificates that every Java has, and kept in the data directory.
 */
public final class SelfSigned {
  /** In the data directory; only its owner can read it. */
  public static final String FILE = "tls.p12";

  /** It keeps nobody out: the file's permissions do. */
  private static final String PASSWORD = "distdb";

  private static final String PASSWORD_VARIABLE = "DISTDB_TLS_STORE";
  private static final long MAKING_SECONDS_MAX = 60;

  private SelfSigned() {}

  /**
   * Opens the certificate of {@code directory}, or makes one.
   *
   * @param directory empty: it is made anew each time
   * @param host that it is for, besides this machine's own names
   * @throws DistDbException {@code CONFIGURATION_ERROR}
   */
  public static SSLContext open(Optional<Path> directory, String host) {
    try {
      if (directory.isPresent()) {
        Path file = directory.get().resolve(FILE);
        if (!Files.exists(file)) {
          Files.createDirectories(directory.get());
          make(file, host);
        }
        return load(file);
      }
      Path temporary = Files.createTempDirectory("distdb-tls");
      Path file = temporary.resolve(FILE);
      try {
        make(file, host);
        return load(file);
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(temporary);
      }
    } catch (IOException | GeneralSecurityException failure) {
      throw failed(failure.getMessage(), failure);
    }
  }

  private static DistDbException failed(String why, Exception cause) {
    return new DistDbException(
            ErrorCode.CONFIGURATION_ERROR,
            "no certificate could be made for encrypted connections: " + why,
            cause)
        .withHint("Give one by tls_certificate and tls_key, or turn encryption off by tls_mode.");
  }

  private static SSLContext load(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return TlsKeys.context(store, PASSWORD.toCharArray());
  }

  private static void make(Path file, String host) throws IOException {
    Path made = file.resolveSibling(FILE + ".new");
    Files.deleteIfExists(made);
    ProcessBuilder keytool =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "distdb",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "3650",
                "-dname",
                "CN=distdb",
                "-ext",
                "SAN=" + names(host),
                "-storetype",
                "PKCS12",
                "-keystore",
                made.toString(),
                "-storepass:env",
                PASSWORD_VARIABLE));
    keytool.environment().put(PASSWORD_VARIABLE, PASSWORD);
    keytool.redirectErrorStream(true);
    run(keytool);
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
    Files.move(made, file);
  }

  private static String names(String host) {
    String own = "dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1";
    boolean address = host.matches("[0-9.]+") || host.contains(":");
    boolean any = host.equals("0.0.0.0") || host.equals("::") || host.equals("localhost");
    return any || host.equals("127.0.0.1") ? own : own + (address ? ",ip:" : ",dns:") + host;
  }

  private static void run(ProcessBuilder keytool) throws IOException {
    Process process = keytool.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(MAKING_SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw failed("keytool said: " + said.strip(), null);
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw failed("interrupted", interrupted);
    }
  }
}
