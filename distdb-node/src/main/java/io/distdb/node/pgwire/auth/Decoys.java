// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.auth;

import io.distdb.sql.access.ScramVerifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifiers of roles that are not there, so that a stranger cannot tell who is: the salt of a name
 * is the same each time, and nothing proves itself against them (RFC 5802 leaves it open;
 * PostgreSQL's documentation, chapter 55.3.1, does so).
 */
public final class Decoys {
  private final byte[] secret;

  /**
   * @param secret known to nobody else; the same secret gives the same salts
   */
  public Decoys(byte[] secret) {
    this.secret = secret.clone();
  }

  ScramVerifier of(String user) {
    byte[] salt = Arrays.copyOf(hmac("salt " + user), ScramVerifier.SALT_BYTES);
    Base64.Encoder base64 = Base64.getEncoder();
    return ScramVerifier.parse(
            "SCRAM-SHA-256$"
                + ScramVerifier.ITERATIONS
                + ":"
                + base64.encodeToString(salt)
                + "$"
                + base64.encodeToString(hmac("stored " + user))
                + ":"
                + base64.encodeToString(hmac("server " + user)))
        .orElseThrow();
  }

  private byte[] hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java has no HmacSHA256", missing);
    }
  }
}
