// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.config.Config;
import io.distdb.node.config.SecurityConfig;
import io.distdb.node.pgwire.Admission;
import io.distdb.node.pgwire.tls.SelfSigned;
import io.distdb.node.pgwire.tls.TlsKeys;
import io.distdb.sql.access.Role;
import io.distdb.sql.session.Databases;
import io.distdb.sql.session.Session;
import io.distdb.sql.text.Texts;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** From the configuration to what a server asks of its clients. */
public final class ServerSecurity {
  private ServerSecurity() {}

  /**
   * @param insecure trust, whatever the configuration says
   * @throws DistDbException {@code CONFIGURATION_ERROR}: trust beyond this machine; a certificate
   *     that cannot be used
   */
  public static Admission admission(Config config, InetSocketAddress address, boolean insecure) {
    boolean trust = checkTrust(config, address, insecure);
    SecurityConfig.TlsMode mode = config.security().tlsAt(isLoopback(address));
    Optional<SSLContext> tls =
        mode == SecurityConfig.TlsMode.OFF
            ? Optional.empty()
            : Optional.of(keys(config, address.getHostString()));
    return new Admission(trust, tls, mode == SecurityConfig.TlsMode.REQUIRE);
  }

  private static boolean isLoopback(InetSocketAddress address) {
    return !address.isUnresolved() && address.getAddress().isLoopbackAddress();
  }

  /** Whether anybody is let in. */
  static boolean checkTrust(Config config, InetSocketAddress address, boolean insecure) {
    boolean trust = insecure || config.security().method() == SecurityConfig.Method.TRUST;
    if (trust && !isLoopback(address)) {
      throw new DistDbException(
              ErrorCode.CONFIGURATION_ERROR,
              "letting anybody in is for loopback addresses only, not for "
                  + address.getHostString())
          .withHint("Listen at 127.0.0.1, or let clients log in.");
    }
    return trust;
  }

  private static SSLContext keys(Config config, String host) {
    SecurityConfig security = config.security();
    return security.certificate().isPresent()
        ? TlsKeys.ofPem(security.certificate().get(), security.key().orElseThrow())
        : SelfSigned.open(config.directory(), host);
  }

  /** Whether any role has one. */
  static boolean hasPasswords(Databases databases) {
    return databases.main().definitions().authority().roles().all().stream()
        .anyMatch(role -> role.verifier().isPresent());
  }

  /** Gives the first role the password of the configuration, if it has none yet. */
  static void setFirstPassword(Config config, Databases databases) {
    Optional<String> password = config.security().firstPassword();
    Optional<Role> first = databases.role(Role.FIRST);
    if (password.isPresent() && first.flatMap(Role::verifier).isEmpty()) {
      String name = first.map(Role::name).orElse(Role.FIRST_NAME);
      try (Session session = databases.main().newSession()) {
        session.execute(
            "ALTER ROLE " + Texts.identifier(name) + " PASSWORD " + Texts.literal(password.get()));
      }
    }
  }
}
