// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import io.distdb.node.pgwire.tls.PemKeys;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/**
 * Mutual TLS: each side shows a certificate, and each checks the other's against {@code
 * authorities}; the one who calls checks the host's name too. A certificate is not tied to a node
 * id: who has one of the cluster's is trusted with its own name.
 *
 * @param own what this node shows, both as the one who calls and as the one who is called
 * @param authorities that sign the certificates of the cluster's nodes; only these are trusted
 */
public record TransportSecurity(PemKeys own, List<X509Certificate> authorities) {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  public TransportSecurity {
    Objects.requireNonNull(own, "own");
    authorities = List.copyOf(authorities);
  }

  /**
   * From PEM files.
   *
   * @throws io.distdb.api.error.DistDbException {@code CONFIGURATION_ERROR}: they cannot be read,
   *     or are something else
   */
  public static TransportSecurity read(Path certificate, Path key, Path authorities) {
    return new TransportSecurity(PemKeys.read(certificate, key), PemKeys.authorities(authorities));
  }

  /**
   * @param refused told whose certificate is refused
   */
  SslContext ofServer(Consumer<String> refused) throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forServer(own.key(), chain()).clientAuth(ClientAuth.REQUIRE);
    return build(builder, refused);
  }

  SslContext ofClient() throws SSLException {
    return build(SslContextBuilder.forClient().keyManager(own.key(), chain()), text -> {});
  }

  private SslContext build(SslContextBuilder builder, Consumer<String> refused)
      throws SSLException {
    try {
      builder.trustManager(new NamingTrust(authorities, refused)).protocols(PROTOCOLS);
    } catch (GeneralSecurityException wrong) {
      throw new SSLException(wrong.getMessage(), wrong);
    }
    return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
  }

  private X509Certificate[] chain() {
    return own.chain().toArray(new X509Certificate[0]);
  }
}
