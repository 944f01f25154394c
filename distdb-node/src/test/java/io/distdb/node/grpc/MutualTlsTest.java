// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutualTlsTest {
  private final TransportNodes nodes = new TransportNodes();
  @TempDir private static Path directory;
  private static TransportSecurity ours;
  private static TransportSecurity another;

  @BeforeAll
  static void makeCertificates() throws Exception {
    Process one = keytool("ours");
    Process other = keytool("another");
    ours = certificate("ours", one);
    another = certificate("another", other);
  }

  @AfterEach
  void end() {
    nodes.close();
  }

  @Test
  void nodesWithCertificatesOfTheClusterTalkAndNobodyElse() {
    GrpcTransport one = nodes.open(TransportNodes.identity("red", "one"), Optional.of(ours));
    GrpcTransport two = nodes.open(TransportNodes.identity("red", "two"), Optional.of(ours));
    nodes.reaches(one, "two", "secret");
    nodes.reaches(two, "one", "kept");

    GrpcTransport plain = nodes.open(TransportNodes.identity("red", "plain"));
    nodes.sendsUntilLogged(plain, "two", "node two at localhost:" + two.port().orElseThrow());
    TransportIdentity stranger = TransportNodes.identity("red", "stranger");
    GrpcTransport strange = nodes.open(stranger, Optional.of(another));
    nodes.sendsUntilLogged(strange, "one", "node one at localhost:" + one.port().orElseThrow());
    nodes.reaches(one, "two", "still");
  }

  /** It trusts the server, but has nothing to show that the server trusts. */
  @Test
  void whoOnlyKnowsTheAuthorityDoesNotComeIn() {
    TransportSecurity spy = new TransportSecurity(another.own(), ours.authorities());
    nodes.open(TransportNodes.identity("red", "one"), Optional.of(ours));
    GrpcTransport spying = nodes.open(TransportNodes.identity("red", "spy"), Optional.of(spy));
    nodes.sendsUntilLogged(spying, "one", "node one at localhost:");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() ->
            TransportSecurity.read(
                directory.resolve("ours.crt"),
                directory.resolve("ours.key"),
                directory.resolve("absent.crt")))
        .isInstanceOf(DistDbException.class)
        .hasMessageContaining("absent.crt");
  }

  private static Path store(String name) {
    return directory.resolve(name + ".p12");
  }

  private static Process keytool(String name) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store(name).toString(),
                "-storepass",
                "distdb"))
        .redirectErrorStream(true)
        .start();
  }

  /** A certificate that signs itself, as PEM; it is its own authority. */
  private static TransportSecurity certificate(String name, Process keytool) throws Exception {
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store(name))) {
      keys.load(in, "distdb".toCharArray());
    }
    Key key = keys.getKey("a", "distdb".toCharArray());
    Path certificate = pem(name + ".crt", "CERTIFICATE", keys.getCertificate("a").getEncoded());
    Path keyFile = pem(name + ".key", "PRIVATE KEY", key.getEncoded());
    return TransportSecurity.read(certificate, keyFile, certificate);
  }

  private static Path pem(String name, String label, byte[] content) throws Exception {
    Path file = directory.resolve(name);
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("-----BEGIN " + label + "-----\n");
      out.write(Base64.getMimeEncoder().encodeToString(content));
      out.write("\n-----END " + label + "-----\n");
    }
    return file;
  }
}
