// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.auth;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.access.ScramVerifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * The server's side of one SCRAM-SHA-256 exchange (RFC 5802, section 5).
 *
 * <pre>
 * C: n,,n=user,r=nonce                      {@link #first}
 * S: r=nonce and more,s=salt,i=iterations
 * C: c=biws,r=nonce and more,p=proof        {@link #last}
 * S: v=signature
 * </pre>
 *
 * The user name in it is not looked at: the startup packet had it, as in PostgreSQL.
 */
final class ScramExchange {
  static final String PLAIN = "SCRAM-SHA-256";
  static final String BOUND = "SCRAM-SHA-256-PLUS";
  private static final String END_POINT = "p=tls-server-end-point";

  private final ScramVerifier verifier;
  private final boolean bound;
  private final Optional<byte[]> endPoint;
  private final String serverNonce;
  private ScramMessage.First first;
  private String serverFirst;
  private String nonce;

  /**
   * @param bound whether the client chose {@link #BOUND}
   * @param endPoint what the connection's certificate hashes to; empty: it has none
   * @param serverNonce printable, without commas, never used before
   */
  ScramExchange(
      ScramVerifier verifier, boolean bound, Optional<byte[]> endPoint, String serverNonce) {
    this.verifier = verifier;
    this.bound = bound;
    this.endPoint = endPoint;
    this.serverNonce = serverNonce;
  }

  /** Answers the client's first message. */
  byte[] first(byte[] message) {
    first = ScramMessage.first(message);
    checkBinding(first.binding());
    nonce = first.nonce() + serverNonce;
    serverFirst =
        "r="
            + nonce
            + ",s="
            + Base64.getEncoder().encodeToString(verifier.salt())
            + ",i="
            + verifier.iterations();
    return serverFirst.getBytes(StandardCharsets.UTF_8);
  }

  private void checkBinding(String flag) {
    if (bound && !flag.startsWith("p=")) {
      throw ScramMessage.malformed(
          "The client selected " + BOUND + ", but its message has no channel binding data.");
    }
    if (!bound && flag.startsWith("p=")) {
      throw ScramMessage.malformed(
          "The client selected " + PLAIN + ", but its message has channel binding data.");
    }
    if (bound && !flag.equals(END_POINT)) {
      throw new DistDbException(
          ErrorCode.PROTOCOL_VIOLATION, "unsupported SCRAM channel-binding type");
    }
    if (flag.equals("y") && endPoint.isPresent()) {
      throw new DistDbException(
              ErrorCode.INVALID_AUTHORIZATION, "SCRAM channel binding negotiation error")
          .withDetail(
              "The client supports SCRAM channel binding but thinks the server does not. "
                  + "However, this server does support channel binding.");
    }
  }

  /**
   * Checks the client's proof.
   *
   * @return the last message; empty: the client does not know the password
   */
  Optional<byte[]> last(byte[] message) {
    ScramMessage.Final last = ScramMessage.last(message);
    if (!MessageDigest.isEqual(last.binding(), expectedBinding())) {
      throw new DistDbException(
          ErrorCode.INVALID_AUTHORIZATION, "SCRAM channel binding check failed");
    }
    if (!last.nonce().equals(nonce)) {
      throw ScramMessage.malformed("Nonce does not match.");
    }
    byte[] authMessage =
        (first.bare() + "," + serverFirst + "," + last.withoutProof())
            .getBytes(StandardCharsets.UTF_8);
    if (!verifier.proves(authMessage, last.proof())) {
      return Optional.empty();
    }
    String signature = Base64.getEncoder().encodeToString(verifier.serverSignature(authMessage));
    return Optional.of(("v=" + signature).getBytes(StandardCharsets.UTF_8));
  }

  private byte[] expectedBinding() {
    byte[] header = first.header().getBytes(StandardCharsets.UTF_8);
    if (!bound) {
      return header;
    }
    byte[] hash = endPoint.orElseThrow();
    byte[] whole = java.util.Arrays.copyOf(header, header.length + hash.length);
    System.arraycopy(hash, 0, whole, header.length, hash.length);
    return whole;
  }
}
