// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.node.config.Config;
import io.distdb.node.config.SecurityConfig;
import io.distdb.node.wiring.ServedNode;
import io.distdb.node.wiring.ServerSecurity;
import io.distdb.node.wiring.Surroundings;
import io.distdb.sql.session.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes in, by pgjdbc: passwords, encryption, and what strangers can find out. */
class LogInTest {
  private static final int TLS = 80_877_103;

  @TempDir private static Path directory;
  private static ServedNode node;
  private static ServedNode trusting;
  private static InetSocketAddress server;
  private static Path certificate;

  @BeforeAll
  static void start() throws Exception {
    Config config =
        Config.at(directory.resolve("data")).toBuilder()
            .tlsMode(SecurityConfig.TlsMode.ALLOW)
            .firstPassword("first pässword")
            .build();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    node = ServedNode.start(config, any, false, Surroundings.system(config));
    server = node.sqlAddress();
    Config inMemory = Config.inMemory();
    trusting =
        ServedNode.start(inMemory, ServerOptions.at(any, true), Surroundings.system(inMemory));
    try (Session session = node.node().databases().main().newSession()) {
      session.execute("CREATE ROLE app LOGIN PASSWORD 'I\u00ADX\u2168'");
      session.execute("CREATE ROLE old LOGIN PASSWORD 'old' VALID UNTIL '2020-01-01'");
      session.execute("CREATE ROLE nobody_in PASSWORD 'x'");
      session.execute("CREATE ROLE single LOGIN PASSWORD 'single' CONNECTION LIMIT 1");
      session.execute("CREATE DATABASE closed");
      session.execute("REVOKE CONNECT ON DATABASE closed FROM PUBLIC");
      session.execute("ALTER ROLE app SET statement_timeout = '7s'");
    }
    certificate = directory.resolve("certificate.pem");
    exportCertificate();
  }

  private static void exportCertificate() throws Exception {
    KeyStore store =
        KeyStore.getInstance(directory.resolve("data/tls.p12").toFile(), "distdb".toCharArray());
    Certificate own = store.getCertificate("distdb");
    String encoded = Base64.getMimeEncoder().encodeToString(own.getEncoded());
    Files.writeString(
        certificate, "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
  }

  @AfterAll
  static void stop() {
    node.close();
    trusting.close();
  }

  private static Connection connect(String user, String password, String... more)
      throws SQLException {
    return connectTo("postgres", user, password, more);
  }

  private static Connection connectTo(String database, String user, String password, String... more)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("sslmode", "disable");
    for (int i = 0; i < more.length; i += 2) {
      properties.setProperty(more[i], more[i + 1]);
    }
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database, properties);
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static String refusal(String user, String password) {
    SQLException refused =
        catchThrowableOfType(SQLException.class, () -> connect(user, password).close());
    return refused.getSQLState() + " " + refused.getMessage();
  }

  @Test
  void thePasswordOfTheConfigurationIsTheFirstRoles() throws SQLException {
    try (Connection connection = connect("postgres", "first pässword")) {
      assertThat(one(connection, "SELECT current_user")).isEqualTo("postgres");
      assertThat(one(connection, "SHOW is_superuser")).isEqualTo("on");
    }
  }

  /** RFC 4013: a soft hyphen is nothing, and IX is the sign for nine. */
  @Test
  void passwordsAreComparedAsSaslprepMakesThem() throws SQLException {
    try (Connection connection = connect("app", "IXIX")) {
      assertThat(one(connection, "SELECT session_user")).isEqualTo("app");
      assertThat(one(connection, "SHOW is_superuser")).isEqualTo("off");
      assertThat(one(connection, "SHOW statement_timeout")).isEqualTo("7s");
    }
  }

  /** A stranger learns nothing of which roles there are: the answers are the same, and as late. */
  @Test
  void wrongAndUnknownAndExpiredAreRefusedAlikeAfterASecond() {
    for (String user : new String[] {"app", "stranger", "old"}) {
      long began = System.nanoTime();
      assertThat(refusal(user, "old"))
          .isEqualTo("28P01 FATAL: password authentication failed for user \"" + user + "\"");
      assertThat(System.nanoTime() - began).isGreaterThan(900_000_000L);
    }
  }

  @Test
  void whoMayNotComeInIsToldWhyOnceHeHasProvedHimself() throws SQLException {
    assertThat(refusal("nobody_in", "x"))
        .isEqualTo("28000 FATAL: role \"nobody_in\" is not permitted to log in");
    assertThatThrownBy(() -> connectTo("closed", "app", "IXIX").close())
        .hasMessageContaining("permission denied for database \"closed\"");
    try (Connection first = connect("single", "single")) {
      assertThat(first.isValid(60)).isTrue();
      assertThat(refusal("single", "single"))
          .isEqualTo("53300 FATAL: too many connections for role \"single\"");
    }
  }

  @Test
  void nobodyBecomesAnotherByTheStartupPacket() {
    assertThatThrownBy(
            () -> connect("app", "IXIX", "options", "-c session_authorization=postgres").close())
        .hasMessageContaining("cannot be set at the start of a session");
    assertThatThrownBy(() -> connect("app", "IXIX", "options", "-c role=postgres").close())
        .hasMessageContaining("cannot be set at the start of a session");
  }

  @Test
  void connectionsAreEncryptedAndBoundToTheCertificate() throws SQLException {
    try (Connection connection =
        connect(
            "app",
            "IXIX",
            "sslmode",
            "verify-ca",
            "sslrootcert",
            certificate.toString(),
            "channelBinding",
            "require")) {
      assertThat(one(connection, "SELECT repeat('x', 100000)")).hasSize(100_000);
    }
  }

  @Test
  void theKeyIsItsOwnersAlone() throws IOException {
    Path file = directory.resolve("data/tls.p12");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  /** CVE-2021-23222. */
  @Test
  void whatComesBeforeTheHandshakeIsRefused() throws IOException {
    try (WireClient client = new WireClient(server)) {
      byte[] wants = WireClient.packet(body -> body.writeInt(TLS));
      byte[] start =
          WireClient.packet(body -> {
            body.writeInt(196_608);
            WireClient.text(body, "user");
            WireClient.text(body, "app");
            body.writeByte(0);
          });
      byte[] both = new byte[wants.length + start.length];
      System.arraycopy(wants, 0, both, 0, wants.length);
      System.arraycopy(start, 0, both, wants.length, start.length);
      client.raw(both);
      assertThat(client.error()).isEqualTo("08P01 received unencrypted data after SSL request");
    }
  }

  /** Salts of unknown roles stay the same, as those of known ones do; nonces never repeat. */
  @Test
  void anUnknownRoleHasASaltThatStays() throws IOException {
    String once = challenge("stranger");
    String again = challenge("stranger");
    assertThat(salt(again)).isEqualTo(salt(once)).isNotEqualTo(salt(challenge("another")));
    assertThat(again).isNotEqualTo(once);
    assertThat(salt(challenge("app"))).isEqualTo(salt(challenge("app"))).hasSize(24);
    assertThat(salt(once)).hasSize(24);
  }

  private static String salt(String challenge) {
    return challenge.split(",")[1].substring("s=".length());
  }

  private static String challenge(String user) throws IOException {
    try (WireClient client = new WireClient(server)) {
      client.start(196_608, "user", user, "database", "postgres");
      assertThat(client.read().text()).contains("SCRAM-SHA-256\0").doesNotContain("PLUS");
      sendFirst(client, "SCRAM-SHA-256", "n,,n=,r=abcdef");
      return client.read().text().substring(4);
    }
  }

  private static void sendFirst(WireClient client, String mechanism, String message)
      throws IOException {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    client.send(
        'p',
        body -> {
          WireClient.text(body, mechanism);
          body.writeInt(bytes.length);
          body.write(bytes);
        });
  }

  @Test
  void malformedExchangesEndTheConnection() throws IOException {
    for (String first :
        new String[] {"", "n", "n,", "x,,n=,r=a", "n,,r=a", "n,,n=,r=", "p=tls-unique,,n=,r=a"}) {
      try (WireClient client = new WireClient(server)) {
        client.start(196_608, "user", "app", "database", "postgres");
        client.read();
        sendFirst(client, "SCRAM-SHA-256", first);
        assertThat(client.error()).as(first).startsWith("08P01");
      }
    }
    try (WireClient client = new WireClient(server)) {
      client.start(196_608, "user", "app", "database", "postgres");
      client.read();
      sendFirst(client, "SCRAM-SHA-1", "n,,n=,r=a");
      assertThat(client.error()).startsWith("08P01 client selected an invalid SASL");
    }
    try (WireClient client = new WireClient(server)) {
      client.start(196_608, "user", "app", "database", "postgres");
      client.read();
      client.query("SELECT 1");
      assertThat(client.error()).startsWith("08P01 expected SASL response");
    }
  }

  @Test
  void aTrustingServerTakesAnyNameForTheFirstRole() throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + trusting.sqlAddress().getPort() + "/postgres";
    try (Connection connection = DriverManager.getConnection(url, "whoever", "")) {
      assertThat(one(connection, "SELECT current_user")).isEqualTo("postgres");
    }
  }

  @Test
  void trustIsForThisMachineAlone() {
    Config config = Config.inMemory();
    InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);
    assertThatThrownBy(() -> ServerSecurity.admission(config, everywhere, true))
        .isInstanceOf(DistDbException.class)
        .hasMessageContaining("loopback");
    Config withoutTls = Config.builder().tlsMode(SecurityConfig.TlsMode.OFF).build();
    assertThat(ServerSecurity.admission(withoutTls, everywhere, false)).isEqualTo(Admission.SCRAM);
  }
}
