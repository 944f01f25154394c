// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may come in to a node, and over what connections.
 *
 * @param method how clients prove who they are
 * @param firstPassword of the first role, as long as it has none; never shown
 * @param tls whether connections are encrypted; empty: by the address, see {@link #tlsAt}
 * @param certificate in PEM; empty: the node makes one
 * @param key of the certificate, in PEM
 */
public record SecurityConfig(
    Method method,
    Optional<String> firstPassword,
    Optional<TlsMode> tls,
    Optional<Path> certificate,
    Optional<Path> key) {
  /** How clients prove who they are. */
  public enum Method {
    /** By a password (RFC 7677). */
    SCRAM,
    /** Not at all; of this machine alone. */
    TRUST
  }

  /** Whether connections are encrypted. */
  public enum TlsMode {
    OFF,
    /** If the client asks. */
    ALLOW,
    /** Others are refused. */
    REQUIRE
  }

  public static final SecurityConfig DEFAULT =
      new SecurityConfig(
          Method.SCRAM, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** The mode that was chosen; else required, but where only this machine can connect. */
  public TlsMode tlsAt(boolean loopback) {
    return tls.orElse(loopback ? TlsMode.OFF : TlsMode.REQUIRE);
  }

  SecurityConfig withMethod(Method newMethod) {
    return new SecurityConfig(newMethod, firstPassword, tls, certificate, key);
  }

  SecurityConfig withFirstPassword(String password) {
    return new SecurityConfig(method, Optional.of(password), tls, certificate, key);
  }

  SecurityConfig withTls(TlsMode mode) {
    return new SecurityConfig(method, firstPassword, Optional.of(mode), certificate, key);
  }

  SecurityConfig withCertificate(Path file) {
    return new SecurityConfig(method, firstPassword, tls, Optional.of(file), key);
  }

  SecurityConfig withKey(Path file) {
    return new SecurityConfig(method, firstPassword, tls, certificate, Optional.of(file));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "SecurityConfig[" + method + ", " + tls + ", " + certificate + ", " + key + "]";
  }
}
